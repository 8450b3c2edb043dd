import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { checkHealth, executorState, heartbeatAge } from './check-health';
import { recordHeartbeat } from './record-heartbeat';

describe('the executor', () => {
  it.each([
    [10, 5000, 'ok'],
    [179, 5000, 'ok'],
    [181, 5000, 'silent'],
    [null, 5000, 'silent'],
    [null, 20, 'starting'],
    [5000, 20, 'starting'],
  ] as const)('with a heartbeat %s s ago, %s s after the start, is %s', (age, uptime, state) => {
    expect(executorState(age, uptime)).toBe(state);
  });

  it('is known by the age of its heartbeat, in the clock of the database', async () => {
    expect(await heartbeatAge()).toBeNull();
    await recordHeartbeat('executor');
    expect(await heartbeatAge()).toBeLessThan(5);
    await db.$executeRaw`UPDATE "Heartbeat" SET "at" = "at" - interval '1 hour'`;
    expect(await heartbeatAge()).toBeGreaterThan(3599);
  });
});

it('answers with the state of each part and the name of this start', async () => {
  await recordHeartbeat('executor');
  expect(await checkHealth()).toEqual({ status: 'ok', database: 'ok', executor: 'ok', bootId: 'unsupervised' });
});

it('is degraded, and still answers, when the database does not', async () => {
  const shared = globalThis as { hybleDb?: unknown };
  const before = shared.hybleDb;
  shared.hybleDb = { $queryRaw: () => new Promise(() => {}) };
  try {
    expect(await checkHealth()).toMatchObject({ status: 'degraded', database: 'down' });
  } finally {
    shared.hybleDb = before;
  }
});
