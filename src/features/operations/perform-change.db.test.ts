import { afterAll, describe, expect, it, vi } from 'vitest';
import { freePanelSlot } from '@/features/servers/free-panel-slot';
import { releaseByStaff } from '@/features/servers/release-by-staff';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import type { ChangeKind } from './courses';
import { requestChange } from './request-change';
import { sweepOperations } from './sweep-operations';
import { startPanelWorld } from './testing/panel-world';
import { playRun, playWhileAnnounced } from './testing/play-run';

const catcher = await vi.hoisted(async () => (await import('./testing/event-catcher')).startEventCatcher());
const ctx = systemContext('test');
const world = startPanelWorld();

afterAll(() => catcher.stop());

async function activeService() {
  const { serviceId, operationId } = await createService(ctx, {
    productId: world.productId,
    customerId: world.customerId,
  });
  await playRun(operationId);
  return serviceId;
}

const ask = (serviceId: string, kind: ChangeKind, wish = {}) => requestChange(ctx, { serviceId, kind, wish });
const serviceOf = (id: string) => db.service.findUniqueOrThrow({ where: { id } });
const operationOf = (id: string | null) =>
  db.operation.findUniqueOrThrow({ where: { id: id ?? '' }, include: { attempts: true } });
const accountOf = (serviceId: string) => world.a.state().accounts.find((account) => account.externalId === serviceId);
const callsOf = (op: string) => world.a.state().calls.filter((call) => call.op === op).length;

/** Suspends, and answers the finished operation. */
async function change(serviceId: string, kind: ChangeKind, wish = {}) {
  const { operationId } = await ask(serviceId, kind, wish);
  await playWhileAnnounced(operationId ?? '');
  return operationOf(operationId);
}

describe('work on an existing account', () => {
  it('suspends with the reason, unsuspends, terminates, and each is seen on the panel', async () => {
    const id = await activeService();
    expect(await change(id, 'SUSPEND', { reason: 'Invoice 7 is open' })).toMatchObject({
      state: 'SUCCEEDED',
      input: {},
    });
    expect(await serviceOf(id)).toMatchObject({ status: 'SUSPENDED', suspendReason: 'Invoice 7 is open' });
    expect(accountOf(id)?.status).toBe('suspended');
    await change(id, 'UNSUSPEND');
    expect(await serviceOf(id)).toMatchObject({ status: 'ACTIVE', suspendReason: null });
    expect(accountOf(id)?.status).toBe('active');
    await change(id, 'TERMINATE');
    expect((await serviceOf(id)).status).toBe('TERMINATED');
    expect(accountOf(id)).toBeUndefined();
    expect(await db.placement.count({ where: { serviceId: id, releasedAt: null } })).toBe(0);
    expect((await db.server.findUniqueOrThrow({ where: { id: world.serverA } })).accountCount).toBe(0);
    expect(await db.panelSlot.count()).toBe(0);
  });

  it('sets a new password, keeps it sealed for the service and nowhere else', async () => {
    const id = await activeService();
    const operation = await change(id, 'CHANGE_PASSWORD', { password: 'a-new-secret-9' });
    expect(operation).toMatchObject({ state: 'SUCCEEDED', input: {} });
    expect((await serviceOf(id)).password).toMatch(/^ey/);
    expect(JSON.stringify(await db.operationAttempt.findMany())).not.toContain('a-new-secret-9');
  });

  it.each(['drop-after', 'hang-after', 'truncated', 'html200-after', 'http503', 'drop-before', 'bad-utf8'] as const)(
    '%s while suspending: SUSPENDED in the end, without a person',
    async (fault) => {
      const id = await activeService();
      world.a.fault({ op: 'suspend', fault, times: 1 });
      expect((await change(id, 'SUSPEND')).state).toBe('SUCCEEDED');
      expect(accountOf(id)?.status).toBe('suspended');
    },
  );

  it.each(['drop-after', 'hang-after', 'truncated', 'http502'] as const)(
    '%s while terminating: gone once, slot free',
    async (fault) => {
      const id = await activeService();
      world.a.fault({ op: 'terminate', fault, times: 1 });
      expect((await change(id, 'TERMINATE')).state).toBe('SUCCEEDED');
      expect(accountOf(id)).toBeUndefined();
      expect((await db.server.findUniqueOrThrow({ where: { id: world.serverA } })).accountCount).toBe(0);
    },
  );

  it('a wrong key holds the server and the work waits; afterwards it goes on by itself', async () => {
    const id = await activeService();
    world.a.fault({ op: '*', fault: 'http401' });
    const { operationId } = await ask(id, 'SUSPEND');
    await playRun(operationId ?? '');
    expect(await operationOf(operationId)).toMatchObject({ state: 'WAITING', reason: { code: 'server-trouble' } });
    world.a.clearFaults();
    await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "heldAt" IS NOT NULL`;
    await sweepOperations();
    await sweepOperations();
    await playRun(operationId ?? '');
    expect((await serviceOf(id)).status).toBe('SUSPENDED');
  });
});

describe('an account that is not ours', () => {
  it.each(['SUSPEND', 'TERMINATE', 'CHANGE_PASSWORD', 'CHANGE_PACKAGE'] as const)(
    '%s never touches it and asks a person',
    async (kind) => {
      const id = await activeService();
      const account = accountOf(id);
      world.a.remove(account?.id ?? '');
      const stranger = world.a.plant({ ...account, externalId: 'somebody-else' });
      const packageRef = { productId: world.productId, moduleSettings: {}, configOptions: [] };
      const operation = await change(id, kind, { password: 'x', change: { from: packageRef, to: packageRef } });
      expect(operation).toMatchObject({ state: 'UNKNOWN', reason: { code: 'not-ours' } });
      expect(operation.attempts).toHaveLength(0);
      expect(world.a.state().accounts).toEqual([stranger]);
      expect((await serviceOf(id)).status).toBe('ACTIVE');
    },
  );

  it('one that is gone ends a terminate as done and fails a suspend clearly, without a call', async () => {
    const [one, two] = [await activeService(), await activeService()];
    for (const id of [one, two]) world.a.remove(accountOf(id)?.id ?? '');
    const before = callsOf('terminate') + callsOf('suspend');
    const onA = async (id: string) => (await serviceOf(id)).serverId === world.serverA;
    const [mine] = (await Promise.all([one, two].map(async (id) => ((await onA(id)) ? id : null)))).filter(
      (id) => id !== null,
    );
    expect(await change(mine ?? '', 'SUSPEND')).toMatchObject({ state: 'FAILED', reason: { code: 'account-gone' } });
    expect((await change(mine ?? '', 'TERMINATE')).state).toBe('SUCCEEDED');
    expect(callsOf('terminate') + callsOf('suspend')).toBe(before);
  });
});

describe('accounts that are gone', () => {
  it('of three services in a row hold the server until staff look; then their removals are done', async () => {
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    const [one, two, three, four] = [
      await activeService(),
      await activeService(),
      await activeService(),
      await activeService(),
    ];
    for (const id of [one, two, three]) world.a.remove(accountOf(id)?.id ?? '');
    expect((await change(one, 'TERMINATE')).state).toBe('SUCCEEDED');
    // One of ours in between: it is the panel that we know.
    expect((await change(four, 'SUSPEND')).state).toBe('SUCCEEDED');
    expect((await change(two, 'TERMINATE')).state).toBe('SUCCEEDED');
    world.a.remove(accountOf(four)?.id ?? '');
    expect((await change(four, 'TERMINATE')).state).toBe('SUCCEEDED');
    const doubtful = await change(three, 'TERMINATE');
    expect(doubtful).toMatchObject({ state: 'WAITING', reason: { code: 'server-held', endedBy: 'staff' } });
    const server = await db.server.findUniqueOrThrow({ where: { id: world.serverA } });
    expect(server).toMatchObject({ heldKind: 'not-found', nextProbeAt: null });
    expect((await serviceOf(three)).status).toBe('ACTIVE');
    await releaseByStaff(ctx, { id: world.serverA, reason: 'Accounts were removed by hand' });
    await sweepOperations();
    await playRun(doubtful.id);
    expect((await serviceOf(three)).status).toBe('TERMINATED');
  });
});

describe('requests that do not fit', () => {
  it('what is so already has no further effect', async () => {
    const id = await activeService();
    const before = callsOf('suspend');
    await change(id, 'SUSPEND');
    expect(await ask(id, 'SUSPEND')).toMatchObject({ effect: 'already', operationId: null });
    const terminated = await change(id, 'TERMINATE');
    expect(terminated.state).toBe('SUCCEEDED');
    expect(await ask(id, 'TERMINATE')).toMatchObject({ effect: 'already' });
    await expect(ask(id, 'SUSPEND')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect(callsOf('suspend')).toBe(before + 1);
  });

  it('a suspend asked while a change runs happens right after it; the newest wish wins', async () => {
    const id = await activeService();
    const { operationId } = await ask(id, 'CHANGE_PASSWORD', { password: 'another-1' });
    expect(await ask(id, 'SUSPEND', { reason: 'late' })).toMatchObject({ effect: 'wished' });
    expect(await ask(id, 'TERMINATE')).toMatchObject({ effect: 'wished' });
    expect(await ask(id, 'SUSPEND', { reason: 'later' })).toMatchObject({ effect: 'wished' });
    await expect(ask(id, 'CHANGE_PASSWORD', { password: 'third' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await playRun(operationId ?? '');
    const next = await db.operation.findFirstOrThrow({ where: { serviceId: id, state: 'QUEUED' } });
    expect(next.kind).toBe('SUSPEND');
    await playRun(next.id);
    expect(await serviceOf(id)).toMatchObject({ status: 'SUSPENDED', suspendReason: 'later', wanted: null });
  });

  it('a suspend that has not begun is replaced by what is asked next', async () => {
    const id = await activeService();
    const before = callsOf('suspend');
    const first = await ask(id, 'SUSPEND');
    const second = await ask(id, 'TERMINATE');
    expect(second.effect).toBe('started');
    expect((await operationOf(first.operationId)).state).toBe('CANCELLED');
    await playRun(second.operationId ?? '');
    expect(callsOf('suspend')).toBe(before);
    expect((await serviceOf(id)).status).toBe('TERMINATED');
  });

  it('a terminate asked while the create still waits ends the order, and nothing was ever made', async () => {
    for (const panel of [world.a, world.b]) panel.fault({ op: '*', fault: 'http401' });
    const { serviceId, operationId } = await createService(ctx, {
      productId: world.productId,
      customerId: world.customerId,
    });
    await playWhileAnnounced(operationId);
    expect((await operationOf(operationId)).state).toBe('WAITING');
    await ask(serviceId, 'TERMINATE');
    expect((await serviceOf(serviceId)).status).toBe('CANCELLED');
    expect((await operationOf(operationId)).state).toBe('CANCELLED');
    expect(await db.placement.count({ where: { releasedAt: null } })).toBe(0);
  });
});

describe('ending a service whose create failed', () => {
  async function failed(fault: 'refused-by-panel' | 'http503') {
    world.a.fault({ op: 'create', fault });
    const { serviceId, operationId } = await createService(ctx, {
      productId: world.productId,
      customerId: world.customerId,
    });
    await playRun(operationId);
    expect((await serviceOf(serviceId)).status).toBe('FAILED');
    return serviceId;
  }

  it('is done at once when nothing can exist', async () => {
    const id = await failed('refused-by-panel');
    await ask(id, 'TERMINATE');
    expect((await serviceOf(id)).status).toBe('CANCELLED');
  });

  it('keeps its slot while its account may exist, and asks a person when it turns up', async () => {
    const id = await failed('http503');
    world.a.clearFaults();
    await ask(id, 'TERMINATE');
    expect((await serviceOf(id)).status).toBe('CANCELLED');
    await sweepOperations();
    expect(await db.placement.count({ where: { serviceId: id, releasedAt: null } })).toBe(1);
    world.a.plant({ externalId: id });
    await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "serviceId" = ${id}`;
    await sweepOperations();
    const create = await db.operation.findFirstOrThrow({ where: { serviceId: id } });
    expect(create).toMatchObject({ state: 'UNKNOWN', reason: { code: 'cannot-tell' } });
    expect(accountOf(id)).toBeDefined();
  });
});

describe('panel slots', () => {
  it('one that is freed in the very moment in which another finds none is not missed', async () => {
    await db.server.updateMany({ data: { maxParallel: 1 } });
    const id = await activeService();
    const { serverId } = await serviceOf(id);
    const holder = await db.operation.findFirstOrThrow({ where: { serviceId: id } });
    await db.panelSlot.create({
      data: { serverId: serverId ?? '', operationId: holder.id, leaseUntil: new Date(Date.now() + 60_000) },
    });
    const { operationId } = await ask(id, 'SUSPEND');
    const state = async () => (await operationOf(operationId)).state;
    const locksWaitedFor = async () => {
      const rows = await db.$queryRaw<
        unknown[]
      >`SELECT 1 FROM pg_locks WHERE "locktype" = 'advisory' AND NOT "granted"`;
      return rows.length;
    };
    let run: Promise<unknown> = Promise.resolve();
    await inTransaction(async (tx) => {
      await freePanelSlot(tx, serverId ?? '', holder.id, true);
      run = playRun(operationId ?? '');
      await expect.poll(async () => (await state()) === 'WAITING' || (await locksWaitedFor()) > 0).toBe(true);
    });
    await run;
    expect(await state()).toBe('SUCCEEDED');
  });

  it('never more changing calls at one time than the server bears; the others follow by themselves', async () => {
    await db.server.updateMany({ data: { maxParallel: 2 } });
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    const orders = [];
    for (let i = 0; i < 6; i++)
      orders.push(await createService(ctx, { productId: world.productId, customerId: world.customerId }));
    world.a.fault({ op: 'create', fault: 'late', delayMs: 300, times: 6 });
    await Promise.all(orders.map(({ operationId }) => playRun(operationId)));
    const states = await db.operation.findMany({ select: { state: true, reason: true } });
    expect(states.filter(({ state }) => state === 'SUCCEEDED').length).toBeGreaterThanOrEqual(2);
    await expect
      .poll(
        async () => {
          const queued = await db.operation.findMany({ where: { state: 'QUEUED' } });
          await Promise.all(queued.map(({ id }) => playRun(id)));
          await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'WAITING'`;
          await sweepOperations();
          return db.service.count({ where: { status: 'ACTIVE' } });
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBe(6);
    expect(await db.panelSlot.count()).toBe(0);
  });

  it('a panel that came back is given one call, then two, then four', async () => {
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    world.a.fault({ op: '*', fault: 'http401' });
    const orders: string[] = [];
    for (let i = 0; i < 8; i++) {
      const { operationId } = await createService(ctx, { productId: world.productId, customerId: world.customerId });
      orders.push(operationId);
      await playRun(operationId);
    }
    world.a.clearFaults();
    await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "heldAt" IS NOT NULL`;
    await sweepOperations();
    const limitNow = async () => (await db.server.findUniqueOrThrow({ where: { id: world.serverA } })).drainLimit;
    expect(await limitNow()).toBe(1);
    await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'WAITING'`;
    await sweepOperations();
    const limits: (number | null)[] = [];
    for (const id of orders.slice(0, 3)) {
      await playRun(id);
      limits.push(await limitNow());
    }
    expect(limits).toEqual([2, null, null]);
  });
});
