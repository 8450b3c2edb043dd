import { afterAll, describe, expect, it, vi } from 'vitest';
import { requestChange } from '@/features/operations/request-change';
import { sweepOperations } from '@/features/operations/sweep-operations';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { playRun } from '@/features/operations/testing/play-run';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
const ctx = systemContext('test');
const world = startPanelWorld();
afterAll(() => catcher.stop());

const order = (idempotencyKey?: string) =>
  createService(ctx, { productId: world.productId, customerId: world.customerId, idempotencyKey });
const callsOf = (op: string) => world.a.state().calls.filter((call) => call.op === op).length;

/** Plays everything that is announced, side by side, until only what waits is left. Nothing is made due by force. */
async function playTogether(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    const queued = await db.operation.findMany({ where: { state: 'QUEUED' }, select: { id: true } });
    await Promise.all(queued.map(({ id }) => playRun(id)));
    if (queued.length === 0) await sweepOperations();
    quiet = queued.length === 0 ? quiet + 1 : 0;
  }
}

async function standing(): Promise<Record<string, number>> {
  const rows = await db.operation.groupBy({ by: ['state'], _count: true });
  return Object.fromEntries(rows.map(({ state, _count }) => [state, _count]));
}

async function twentyOrders(): Promise<void> {
  await db.server.updateMany({ data: { maxAccounts: 100 } });
  for (let n = 0; n < 20; n++) await order();
}

const server = (id: string) => db.server.findUniqueOrThrow({ where: { id } });

describe('50 identical orders with one idempotency key at the same time', () => {
  it('are one service, one account and one mail; other values with the key are refused', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => order('the-same-order')));
    expect(new Set(answers.map(({ serviceId }) => serviceId)).size).toBe(1);
    expect(await db.service.count()).toBe(1);
    await playTogether();
    expect(await standing()).toEqual({ SUCCEEDED: 1 });
    expect(world.a.state().accounts.length + world.b.state().accounts.length).toBe(1);
    expect(await db.emailMessage.count()).toBe(1);
    const other = { productId: world.productId, customerId: world.customerId, domain: 'other.example' };
    await expect(createService(ctx, { ...other, idempotencyKey: 'the-same-order' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    process.stdout.write('50 orders with one key: 1 service, 1 account, 1 mail\n');
  });
});

describe('20 orders on two servers', () => {
  it('of which one refuses connections: all are ACTIVE on the other', async () => {
    await twentyOrders();
    const { port } = new URL(world.a.url);
    await world.a.stop();
    await playTogether();
    expect(await standing()).toEqual({ SUCCEEDED: 20 });
    expect([(await server(world.serverA)).accountCount, (await server(world.serverB)).accountCount]).toEqual([0, 20]);
    expect(world.b.state().accounts).toHaveLength(20);
    world.a = await startSimulator(pickaxeSimulator, { port: Number(port) });
    process.stdout.write('one of two refuses: 20 of 20 ACTIVE on the other\n');
  });

  it('of which one hangs: at most as many wait as it takes calls, the rest is ACTIVE, and they finish when it is back', async () => {
    await twentyOrders();
    world.a.fault({ op: '*', fault: 'hang-before' });
    await playTogether();
    const { WAITING: waiting = 0, ...rest } = await standing();
    expect(waiting).toBeLessThanOrEqual(4);
    expect(rest).toEqual({ SUCCEEDED: 20 - waiting });
    world.a.clearFaults();
    await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() WHERE "heldAt" IS NOT NULL`;
    await expect
      .poll(
        async () => {
          await playTogether();
          return standing();
        },
        { timeout: 15_000 },
      )
      .toEqual({ SUCCEEDED: 20 });
    const accounts = [...world.a.state().accounts, ...world.b.state().accounts];
    expect(new Set(accounts.map(({ externalId }) => externalId)).size).toBe(20);
    expect(accounts).toHaveLength(20);
    process.stdout.write(`one of two hangs: ${waiting} waited, ${20 - waiting} ACTIVE meanwhile, 20 in the end\n`);
  }, 40_000);
});

describe('what is asked while something runs', () => {
  async function activeService() {
    const { serviceId } = await order();
    await playTogether();
    return serviceId;
  }
  const statusOf = async (id: string) => (await db.service.findUniqueOrThrow({ where: { id } })).status;
  const ask = (serviceId: string, kind: 'SUSPEND' | 'TERMINATE') => requestChange(ctx, { serviceId, kind, wish: {} });

  /** Starts the call and comes back while it is under way. */
  async function underWay(op: string, operationId: string | null): Promise<{ ended: Promise<unknown> }> {
    world.a.fault({ op, fault: 'late', delayMs: 600, times: 1 });
    const ended = playRun(operationId ?? '');
    await expect.poll(() => db.operationAttempt.count({ where: { call: { not: 'create' }, endedAt: null } })).toBe(1);
    return { ended };
  }

  it('a suspend during a change of package happens right after it', async () => {
    const serviceId = await activeService();
    const pack = { productId: world.productId, moduleSettings: {}, configOptions: [] };
    const to = { ...pack, configOptions: [{ optionId: 'ram', quantity: 4096 }] };
    const { operationId } = await requestChange(ctx, {
      serviceId,
      kind: 'CHANGE_PACKAGE',
      wish: { change: { from: pack, to } },
    });
    const { ended } = await underWay('resize', operationId);
    expect((await ask(serviceId, 'SUSPEND')).effect).toBe('wished');
    await ended;
    await playTogether();
    expect(await statusOf(serviceId)).toBe('SUSPENDED');
    const order = world.a.state().calls.filter(({ op }) => op === 'resize' || op === 'suspend');
    expect(order.map(({ op }) => op)).toEqual(['resize', 'suspend']);
  });

  it('a terminate asked twice, and a suspend after it, have one effect', async () => {
    const serviceId = await activeService();
    const before = { terminate: callsOf('terminate'), suspend: callsOf('suspend') };
    const { operationId } = await ask(serviceId, 'TERMINATE');
    const { ended } = await underWay('terminate', operationId);
    expect(await ask(serviceId, 'TERMINATE')).toMatchObject({ effect: 'already', operationId });
    expect((await ask(serviceId, 'SUSPEND')).effect).toBe('wished');
    await ended;
    await playTogether();
    expect(await statusOf(serviceId)).toBe('TERMINATED');
    expect((await ask(serviceId, 'TERMINATE')).effect).toBe('already');
    await expect(ask(serviceId, 'SUSPEND')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect(callsOf('terminate') - before.terminate).toBe(1);
    expect(callsOf('suspend') - before.suspend).toBe(0);
  });
});
