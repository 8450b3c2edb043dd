import { afterAll, describe, expect, it, vi } from 'vitest';
import { retryOperation } from '@/features/operations/retry-operation';
import { sweepOperations } from '@/features/operations/sweep-operations';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { playRun, playWhileAnnounced } from '@/features/operations/testing/play-run';
import { selectServer } from '@/features/placement/select-server';
import { releaseServer } from '@/features/servers/release-server';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { createAccount } from './create-account';
import { createService } from './create-service';

// The executor's address is read when the client is made, so it has to be there before anything is imported.
const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
const ctx = systemContext('test');
const world = startPanelWorld();

afterAll(() => catcher.stop());

async function order() {
  const made = await createService(ctx, { productId: world.productId, customerId: world.customerId });
  const calls = { a: world.a.state().calls.length, b: world.b.state().calls.length };
  return {
    ...made,
    service: () => db.service.findUniqueOrThrow({ where: { id: made.serviceId } }),
    operation: () =>
      db.operation.findUniqueOrThrow({
        where: { id: made.operationId },
        include: { attempts: { orderBy: { number: 'asc' } } },
      }),
    /** Accounts on both panels that carry our service id. */
    accounts: () =>
      [...world.a.state().accounts, ...world.b.state().accounts].filter(
        (account) => account.externalId === made.serviceId,
      ),
    creates: () =>
      [...world.a.state().calls.slice(calls.a), ...world.b.state().calls.slice(calls.b)].filter(
        (call) => call.op === 'create',
      ).length,
  };
}

const counters = async () => {
  const servers = await db.server.findMany({ orderBy: { name: 'asc' } });
  return servers.map((server) => server.accountCount);
};

/** Makes everything that waits due now and lets the sweep announce it. */
async function letTimePass() {
  await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'WAITING'`;
  await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = now() - interval '1 second' WHERE "leaseUntil" IS NOT NULL`;
  await sweepOperations();
}

describe('an order', () => {
  it('becomes one account, one ACTIVE service and one mail, with at most two calls', async () => {
    const o = await order();
    const before = world.a.state().calls.length;
    await playRun(o.operationId);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverA });
    expect(o.accounts()).toHaveLength(1);
    expect((await o.service()).remoteId).toBe(o.accounts()[0]?.id);
    expect(await db.emailMessage.count({ where: { serviceId: o.serviceId } })).toBe(1);
    expect(world.a.state().calls.length - before).toBe(2);
    expect(await o.operation()).toMatchObject({ state: 'SUCCEEDED', result: null, input: {} });
  });

  it('is done once, however often its steps and its event come', async () => {
    const o = await order();
    await playRun(o.operationId);
    await playRun(o.operationId);
    expect(o.creates()).toBe(1);
    expect(await db.emailMessage.count({ where: { serviceId: o.serviceId } })).toBe(1);
    expect(await counters()).toEqual([1, 0]);
    expect(catcher.events.filter((event) => event.id === `${o.operationId}:1`)).toHaveLength(1);
  });
});

describe('an answer that got lost', () => {
  it.each([
    'drop-after',
    'hang-after',
    'truncated',
    'html200-after',
    'bad-utf8',
    'http502',
    'http504',
    'drop-before',
    'hang-before',
    'html200',
  ] as const)('%s: ACTIVE with one account, without a person', async (fault) => {
    const o = await order();
    world.a.fault({ op: 'create', fault, times: 1 });
    await playRun(o.operationId);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverA });
    expect(o.accounts()).toHaveLength(1);
    expect(o.creates()).toBe((await o.operation()).attempts.length);
    expect(await counters()).toEqual([1, 0]);
  });

  it('late: done after we stopped listening, and still one account', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'late', delayMs: 1500, times: 1 });
    await playRun(o.operationId);
    expect((await o.service()).status).toBe('ACTIVE');
    await expect.poll(() => o.accounts().length, { timeout: 4000 }).toBe(1);
    expect((await o.service()).remoteId).toBe(o.accounts()[0]?.id);
  });
});

describe('a panel that says no', () => {
  it('503 twice: ACTIVE, and as many attempts as creates', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'http503', times: 2 });
    await playRun(o.operationId);
    expect((await o.service()).status).toBe('ACTIVE');
    expect(o.creates()).toBe(3);
    expect((await o.operation()).attempts).toHaveLength(3);
  });

  it('503 for good: FAILED after 5 attempts, and Retry works', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'http503' });
    await playRun(o.operationId);
    expect(await o.operation()).toMatchObject({
      state: 'FAILED',
      reason: { code: 'gave-up', attempts: 5, server: { name: 'A' } },
    });
    expect(await o.service()).toMatchObject({ status: 'FAILED', serverId: null });
    expect(o.creates()).toBe(5);
    world.a.clearFaults();
    await retryOperation(ctx, { id: o.operationId });
    await playRun(o.operationId);
    expect((await o.service()).status).toBe('ACTIVE');
    expect(o.accounts()).toHaveLength(1);
  });

  it('a clear refusal: FAILED at once with the panel’s words, the slot is free again', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'refused-by-panel' });
    await playRun(o.operationId);
    expect(await o.operation()).toMatchObject({ state: 'FAILED', reason: { code: 'panel-refused' } });
    expect(o.creates()).toBe(1);
    expect(await counters()).toEqual([0, 0]);
  });

  it('429: waits as told, not counted as an attempt', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'http429', times: 1, retryAfter: 40 });
    await playRun(o.operationId);
    const waiting = await o.operation();
    expect(waiting).toMatchObject({ state: 'WAITING', attemptCount: 0, reason: { code: 'rate-limited' } });
    const seconds = ((waiting.nextTryAt?.getTime() ?? 0) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(35);
    expect(seconds).toBeLessThan(41);
    await letTimePass();
    await playRun(o.operationId);
    expect((await o.service()).status).toBe('ACTIVE');
  });
});

describe('trouble of a server', () => {
  it('a wrong key holds it at once, and the order goes to the other one', async () => {
    const o = await order();
    world.a.fault({ op: '*', fault: 'http401' });
    await playWhileAnnounced(o.operationId);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverB });
    expect(await db.server.findUniqueOrThrow({ where: { id: world.serverA } })).toMatchObject({ heldKind: 'auth' });
    expect(await counters()).toEqual([0, 1]);
    expect(o.creates()).toBe(2);
  });

  it('all calls of both answer 503: WAITING with server and reason; ACTIVE by itself afterwards, one account', async () => {
    const o = await order();
    for (const simulator of [world.a, world.b]) simulator.fault({ op: '*', fault: 'http503' });
    await playWhileAnnounced(o.operationId);
    const waiting = await o.operation();
    expect(waiting).toMatchObject({ state: 'WAITING', reason: { code: 'server-trouble', server: { name: 'A' } } });
    expect(waiting.nextTryAt).not.toBeNull();
    await letTimePass();
    await playWhileAnnounced(o.operationId);
    expect(await o.operation()).toMatchObject({ state: 'WAITING', reason: { code: 'server-held' } });
    for (const simulator of [world.a, world.b]) simulator.clearFaults();
    await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "heldAt" IS NOT NULL`;
    await sweepOperations();
    await sweepOperations();
    await playWhileAnnounced(o.operationId);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverA });
    expect(o.accounts()).toHaveLength(1);
    expect(await counters()).toEqual([1, 0]);
  });

  it('one that is released at the moment an order would begin to wait for it is not waited for', async () => {
    const o = await order();
    const run = { operationId: o.operationId, dispatch: (await o.operation()).dispatch, runId: 'at that moment' };
    await selectServer(run);
    await db.server.updateMany({ data: { heldAt: new Date(), heldKind: 'busy', heldReason: 'It was away.' } });
    const { serverId } = await db.placement.findFirstOrThrow({ where: { serviceId: o.serviceId } });
    let ended = false;
    const step = await inTransaction(async (tx) => {
      await releaseServer(tx, ctx, serverId, 'The probe succeeded.');
      const created = createAccount(run).finally(() => {
        ended = true;
      });
      await vi.waitFor(async () => {
        const [waits] = await db.$queryRaw<
          { count: number }[]
        >`SELECT count(*)::int AS "count" FROM pg_locks WHERE NOT granted`;
        if (!ended && waits?.count === 0) throw new Error('The order neither waits for the release nor has ended');
      });
      return { created };
    });
    expect(await step.created).toEqual({ next: 'go-on' });
    expect(o.accounts()).toHaveLength(1);
  });

  it('one that refuses connections is held, and the order goes to the other one', async () => {
    await world.a.stop();
    const o = await order();
    await playWhileAnnounced(o.operationId);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverB });
    expect(await db.server.findUniqueOrThrow({ where: { id: world.serverA } })).toMatchObject({
      heldKind: 'unreachable',
    });
    world.a = await startSimulator(pickaxeSimulator, { port: Number(new URL(world.a.url).port) });
  });
});

describe('somebody else’s account', () => {
  it('with our external id, there before: never touched, a person is asked', async () => {
    const o = await order();
    const stranger = world.a.plant({ externalId: o.serviceId, domain: 'stranger.example' });
    await playRun(o.operationId);
    expect(await o.operation()).toMatchObject({ state: 'UNKNOWN', reason: { code: 'not-ours' } });
    expect((await o.service()).status).toBe('PENDING');
    expect(world.a.state().accounts).toEqual([stranger]);
  });
});

describe('a process that died inside the call', () => {
  async function beginAndDie(o: Awaited<ReturnType<typeof order>>) {
    const placement = await db.placement.findFirstOrThrow({ where: { serviceId: o.serviceId } });
    await db.operationAttempt.create({
      data: {
        operationId: o.operationId,
        placementId: placement.id,
        serverId: placement.serverId,
        number: 1,
        call: 'create',
        digest: 'x',
      },
    });
    await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = now() + interval '30 seconds' WHERE "id" = ${o.operationId}`;
  }

  it.each([true, false])(
    'the account was made: %s. One account in the end, nothing sent while the lease lives',
    async (made) => {
      const o = await order();
      const { selectServer } = await import('@/features/placement/select-server');
      await selectServer({ operationId: o.operationId, dispatch: 1, runId: 'run-1' });
      await beginAndDie(o);
      if (made) world.a.plant({ externalId: o.serviceId });
      await playRun(o.operationId);
      expect(await o.operation()).toMatchObject({ state: 'WAITING', reason: { code: 'call-under-way' } });
      expect(o.creates()).toBe(0);
      await letTimePass();
      await playRun(o.operationId);
      expect((await o.service()).status).toBe('ACTIVE');
      expect(o.accounts()).toHaveLength(1);
      expect(o.creates()).toBe(made ? 0 : 1);
    },
  );
});
