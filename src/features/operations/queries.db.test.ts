import { beforeEach, describe, expect, it } from 'vitest';
import type { OperationState } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeServer } from '../../../prisma/factories/server';
import { makeService } from '../../../prisma/factories/service';
import { countAttention, getOperation, listOperations } from './queries';
import { operationFilter } from './schema';

const list = (input: object) => listOperations(operationFilter.parse(input));
const idsOf = async (input: object) => (await list(input)).items.map(({ id }) => id);
const day = (n: number) => new Date(Date.UTC(2026, 0, n));

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "Server" CASCADE`;
});

async function oneOfEach(): Promise<Record<OperationState, string>> {
  const states: OperationState[] = ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
  const made = states.map(
    async (state, at) => [state, (await makeOperation({ state, createdAt: day(at + 1) })).id] as const,
  );
  return Object.fromEntries(await Promise.all(made)) as Record<OperationState, string>;
}

describe('the list of operations', () => {
  it('sorts them into tabs', async () => {
    const { QUEUED, RUNNING, WAITING, UNKNOWN, FAILED } = await oneOfEach();
    expect(await idsOf({ tab: 'attention' })).toEqual([FAILED, UNKNOWN]);
    expect(await idsOf({ tab: 'waiting' })).toEqual([WAITING]);
    expect(await idsOf({ tab: 'running' })).toEqual([RUNNING, QUEUED]);
    expect(await idsOf({})).toHaveLength(7);
    expect(await countAttention()).toEqual({ failed: 1, unknown: 1 });
  });

  it('asks for no attention once the service has a newer operation', async () => {
    const old = await makeOperation({ state: 'FAILED', createdAt: day(1) });
    expect(await idsOf({ tab: 'attention' })).toEqual([old.id]);
    await makeOperation({ serviceId: old.serviceId, state: 'RUNNING', createdAt: day(2) });
    expect(await idsOf({ tab: 'attention' })).toEqual([]);
    expect((await getOperation(old.id)).canRetry).toBe(false);
  });

  it('turns pages without a gap or a repeat', async () => {
    for (let n = 0; n < 5; n++) await makeOperation({ createdAt: day(1 + Math.floor(n / 2)) });
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.nextCursor });
    const all = await db.operation.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
  });

  it('finds by service and customer', async () => {
    const { id } = await makeService({ domain: 'play.example.com' });
    const operation = await makeOperation({ serviceId: id });
    await makeOperation();
    expect(await idsOf({ search: 'PLAY.ex' })).toEqual([operation.id]);
    expect(await idsOf({ search: `'; DROP TABLE "Operation"; --` })).toEqual([]);
  });
});

describe('one operation', () => {
  it('tells its whole story in order', async () => {
    const operation = await makeOperation({
      state: 'FAILED',
      attemptCount: 2,
      reason: { code: 'cancelled', by: 'Ada' },
    });
    const server = await makeServer();
    for (const number of [1, 2]) {
      const outcome = { outcome: 'unknown', errorKind: 'timeout', endedAt: day(number), words: 'no answer' };
      const call = {
        operationId: operation.id,
        serverId: server.id,
        number,
        call: 'create',
        digest: 'd',
        sentAt: day(number),
      };
      await db.operationAttempt.create({ data: { ...call, ...outcome } });
      await db.operationEvent.create({
        data: { operationId: operation.id, type: 'retry-planned', at: day(number), data: { seconds: number } },
      });
    }
    const mail = { template: 'welcome', to: 'a@example.com', subject: 's', messageId: '<1@x>' };
    await db.emailMessage.create({ data: { ...mail, operationId: operation.id } });
    const detail = await getOperation(operation.id);
    expect(detail).toMatchObject({
      canRetry: true,
      requestedBy: { name: 'Ada Tester' },
      server: { id: server.id, name: server.name },
      step: 'create-account',
      emails: [{ template: 'welcome', state: 'QUEUED', noServer: true }],
    });
    expect(detail.attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(detail.events.map(({ data }) => data.seconds)).toEqual([1, 2]);
    await expect(getOperation(operation.serviceId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
