import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeServer } from '../../../prisma/factories/server';
import { makeService } from '../../../prisma/factories/service';
import { countRetryable } from './matching-operations';
import { listOperations } from './queries';
import { retryMatching } from './retry-matching';
import { matchingInput, operationFilter, type RetryAll, retryAllInput } from './schema';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
afterAll(() => catcher.stop());
const ctx = systemContext('test');

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "Server" CASCADE`;
  await clearAudit();
});

const gaveUp = (server: { id: string; name: string }) => ({
  code: 'gave-up',
  server,
  kind: 'busy',
  words: 'Answer 503',
  attempts: 5,
});
const noRoom = { code: 'no-room', group: null, others: [], total: 0 };
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const statesOf = async () =>
  Object.fromEntries((await db.operation.findMany()).map(({ id, state }) => [id, state] as const));

/** All batches, as a page asks for them. */
async function retryAll(filter: Partial<RetryAll>) {
  const batches = [];
  for (let cursor: string | undefined; ; ) {
    const batch = await retryMatching(ctx, retryAllInput.parse({ ...filter, cursor }));
    batches.push(batch);
    if (batch.nextCursor === null) return batches;
    cursor = batch.nextCursor;
  }
}

async function mixed() {
  const [oak, birch] = [await makeServer({ name: 'Oak' }), await makeServer({ name: 'Birch' })];
  const on = async (server: typeof oak, n: number, overrides: object) => {
    const { id: serviceId } = await makeService({ serverId: server.id, status: 'ACTIVE' });
    return (await makeOperation({ serviceId, createdAt: day(n), ...overrides })).id;
  };
  const made = {
    failedOnOak: await on(oak, 1, { state: 'FAILED', kind: 'SUSPEND', reason: gaveUp(oak) }),
    failedOnBirch: await on(birch, 2, { state: 'FAILED', kind: 'SUSPEND', reason: gaveUp(birch) }),
    unknown: await on(oak, 3, {
      state: 'UNKNOWN',
      kind: 'TERMINATE',
      reason: { code: 'program-stopped', times: 3, words: '' },
    }),
    waits: await on(oak, 4, { state: 'WAITING', kind: 'CREATE', reason: noRoom }),
    runs: await on(oak, 5, { state: 'RUNNING', kind: 'SUSPEND' }),
    done: await on(oak, 6, { state: 'SUCCEEDED', kind: 'SUSPEND' }),
  };
  return { ...made, oak, birch };
}

describe('filters of the queue', () => {
  it('narrow by state, kind, reason and server, and count what can be retried of it', async () => {
    const { failedOnOak, failedOnBirch, unknown, waits, runs, oak } = await mixed();
    const list = async (input: object) =>
      (await listOperations(operationFilter.parse(input))).items.map(({ id }) => id);
    const count = async (input: object) => countRetryable(matchingInput.parse(input));
    expect(await list({ state: 'FAILED' })).toEqual([failedOnBirch, failedOnOak]);
    expect(await list({ kind: 'TERMINATE' })).toEqual([unknown]);
    expect(await list({ reason: 'no-room' })).toEqual([waits]);
    expect(await list({ reason: 'gave-up', serverId: oak.id })).toEqual([failedOnOak]);
    expect(await list({ tab: 'running', kind: 'SUSPEND' })).toEqual([runs]);
    expect(await list({ tab: 'waiting', reason: 'gave-up' })).toEqual([]);
    expect(await count({})).toEqual({ count: 4, more: false, states: { FAILED: 2, UNKNOWN: 1, WAITING: 1 } });
    expect(await count({ tab: 'attention', kind: 'SUSPEND' })).toMatchObject({ count: 2 });
    expect(await count({ tab: 'running' })).toMatchObject({ count: 0 });
  });

  it('find what waits for the server it was placed on, before any try', async () => {
    const { id: serverId } = await makeServer();
    const { id: serviceId } = await makeService();
    const { id } = await makeOperation({ serviceId, state: 'WAITING' });
    const placement = await db.placement.create({ data: { serviceId, serverId, reason: {} } });
    const list = async () => (await listOperations(operationFilter.parse({ serverId }))).items.map((item) => item.id);
    expect(await list()).toEqual([id]);
    await db.placement.update({ where: { id: placement.id }, data: { releasedAt: new Date() } });
    expect(await list()).toEqual([]);
  });

  it('refuse what they do not know, by its name', () => {
    for (const [field, value] of Object.entries({ state: 'DONE', kind: 'BUY', reason: 'bad-luck', serverId: 'oak' }))
      expect(operationFilter.safeParse({ [field]: value }).error?.issues[0]?.path).toEqual([field]);
  });
});

describe('retry all that match', () => {
  it('begins exactly those again, each with its entry in the audit log and one for the decision', async () => {
    const { failedOnOak, oak } = await mixed();
    const before = await statesOf();
    expect(await retryAll({ reason: 'gave-up', serverId: oak.id })).toEqual([
      { retried: 1, left: [], nextCursor: null },
    ]);
    expect(await statesOf()).toEqual({ ...before, [failedOnOak]: 'QUEUED' });
    const entries = await db.auditEntry.findMany({ orderBy: { id: 'asc' } });
    expect(entries.map(({ action, targetId, after }) => ({ action, targetId, after }))).toEqual([
      { action: 'operation.retry', targetId: failedOnOak, after: { state: 'QUEUED' } },
      {
        action: 'operation.retry-all',
        targetId: null,
        after: { tab: 'all', reason: 'gave-up', serverId: oak.id, retried: 1, left: 0 },
      },
    ]);
    expect(catcher.events.map(({ data }) => data.operationId)).toContain(failedOnOak);
  });

  it('works through any number in batches, each once, though one fails again meanwhile', async () => {
    const { customerId, productId } = await makeService();
    const services = Array.from({ length: 105 }, () => ({ id: uuidv7(), customerId, productId }));
    await db.service.createMany({ data: services });
    const asked = { state: 'FAILED', kind: 'CREATE', requestedBy: {}, deadlineAt: day(1) } as const;
    await db.operation.createMany({ data: services.map(({ id }) => ({ ...asked, serviceId: id })) });
    const first = await retryMatching(ctx, retryAllInput.parse({ tab: 'attention' }));
    expect(first).toMatchObject({ retried: 100, left: [] });
    // All of the first batch fail at once: a second pass over them would never end.
    await db.operation.updateMany({ where: { state: 'QUEUED' }, data: { state: 'FAILED' } });
    let rest = 0;
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const batch = await retryMatching(ctx, retryAllInput.parse({ tab: 'attention', cursor }));
      rest += batch.retried;
      cursor = batch.nextCursor;
    }
    expect(rest).toBe(5);
    expect(await db.operation.groupBy({ by: ['dispatch'], _count: true })).toEqual([{ dispatch: 2, _count: 105 }]);
  });

  it('leaves what somebody else began meanwhile, and says why', async () => {
    const ids = [];
    for (let n = 1; n <= 3; n++) ids.push((await makeOperation({ state: 'FAILED', createdAt: day(n) })).id);
    const [oldest] = ids;
    // One row is held while the batch comes to it, and has begun again when it is let go.
    const batch = await db.$transaction(async (tx) => {
      await tx.operation.update({ where: { id: oldest }, data: { state: 'RUNNING' } });
      const running = retryMatching(ctx, retryAllInput.parse({}));
      await expect.poll(() => db.operation.count({ where: { state: 'QUEUED' } })).toBe(2);
      return { running };
    });
    expect(await batch.running).toEqual({
      retried: 2,
      left: [{ count: 1, why: expect.stringContaining('is RUNNING') }],
      nextCursor: null,
    });
  });

  it('does nothing and writes nothing where nothing matches', async () => {
    await makeOperation({ state: 'SUCCEEDED' });
    expect(await retryAll({})).toEqual([{ retried: 0, left: [], nextCursor: null }]);
    expect(await db.auditEntry.count()).toBe(0);
  });
});
