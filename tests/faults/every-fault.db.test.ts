import { afterAll, describe, expect, it, vi } from 'vitest';
import { playRun } from '@/features/operations/testing/play-run';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import type { OperationKind } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { SIMULATOR_FAULTS, type SimulatorFault } from '@/modules/sdk/simulator-definition';
import { EXPECTED, expectedOfLook, OPERATIONS, RETRY_AFTER } from './expected';
import { PANELS } from './panels';
import { type FaultCell, simulators, startCells } from './testing/fault-cells';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
await simulators.prepare(PANELS, SIMULATOR_FAULTS.length);
afterAll(() => Promise.all([catcher.stop(), simulators.stop()]));

/** In an order in which one service can meet them all. */
const KINDS = [
  'CREATE',
  'SUSPEND',
  'UNSUSPEND',
  'CHANGE_PASSWORD',
  'CHANGE_PACKAGE',
  'CUSTOM_ACTION',
  'TERMINATE',
] as const satisfies OperationKind[];

/** How the operation ended, in the words of the table; anything else is told as it is. */
async function endOf(cell: FaultCell, operationId: string): Promise<string> {
  const { state, reason, createdAt } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
  if (state === 'FAILED' && JSON.stringify(reason).includes('"panel-refused"')) return 'refused';
  if (state !== 'SUCCEEDED') return `${state} ${JSON.stringify(reason)}`;
  const holds = await db.auditEntry.count({
    where: { action: 'server.hold', targetId: cell.serverId, at: { gte: createdAt } },
  });
  return holds > 0 ? 'held, then good' : 'good';
}

type Standing = [status: string, panel: string[]];
const RUNS: Standing = ['ACTIVE', ['active']];
const STOPPED: Standing = ['SUSPENDED', ['suspended']];
/** The service's status and what the panel shows, [refused, done]. */
const COURSE: Record<OperationKind, [Standing, Standing]> = {
  CREATE: [['FAILED', []], RUNS],
  SUSPEND: [RUNS, STOPPED],
  UNSUSPEND: [STOPPED, RUNS],
  CHANGE_PASSWORD: [RUNS, RUNS],
  CHANGE_PACKAGE: [RUNS, RUNS],
  CUSTOM_ACTION: [RUNS, RUNS],
  TERMINATE: [RUNS, ['TERMINATED', []]],
};

/** Exactly what was asked for, here and on the panel. A late call of this very test may still come through. */
async function expectStanding(cell: FaultCell, serviceId: string, [status, panel]: Standing, message: string) {
  const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
  expect(service.status, message).toBe(status);
  const seen = () =>
    cell.accountsOf(service).map((account) => (account.status === 'suspended' ? 'suspended' : 'active'));
  await expect.poll(seen, { timeout: 3000, message }).toEqual(panel);
}

/** Nothing is left open, and the counters are what can be counted. */
async function expectRest() {
  const open = await db.placement.groupBy({ by: ['serverId'], where: { releasedAt: null }, _count: true });
  for (const server of await db.server.findMany()) {
    expect(server.accountCount).toBe(open.find(({ serverId }) => serverId === server.id)?._count ?? 0);
  }
  expect(await db.panelSlot.count()).toBe(0);
  expect(await db.operationAttempt.count({ where: { endedAt: null } })).toBe(0);
  expect(await db.operation.count({ where: { leaseUntil: { not: null } } })).toBe(0);
}

describe.each(PANELS)('$slug', (kind) => {
  const cells = startCells(kind, SIMULATOR_FAULTS);

  it.each(KINDS.filter((name) => OPERATIONS[name](kind) !== null))(
    `%s meets each of ${SIMULATOR_FAULTS.length} faults and ends as the table says`,
    async (name) => {
      const op = OPERATIONS[name](kind) ?? '';
      const ends: Partial<Record<SimulatorFault, string>> = {};
      const play = async ([fault, cell]: [SimulatorFault, FaultCell]) => {
        const { serviceId, operationId } = await cell.prepare(name);
        cell.panel.fault({ op, fault, times: 1, ...(fault === 'late' && { delayMs: 1300 }) });
        await playToEnd(operationId);
        ends[fault] = await endOf(cell, operationId);
        const standing = COURSE[name][EXPECTED[fault] === 'refused' ? 0 : 1];
        await expectStanding(cell, serviceId, standing, `${name} meets ${fault}`);
      };
      await Promise.all([...cells].map(play));
      expect(ends).toEqual(EXPECTED);
      await expectRest();
      const met = SIMULATOR_FAULTS.filter((fault) => ends[fault] === EXPECTED[fault]).length;
      process.stdout.write(`${kind.slug} ${name}: ${met} of ${SIMULATOR_FAULTS.length} faults end as required\n`);
    },
    60_000,
  );

  it.each(['CREATE', 'SUSPEND'] as const)(
    '%s whose look meets each fault',
    async (name) => {
      const ends: Partial<Record<SimulatorFault, string>> = {};
      const play = async ([fault, cell]: [SimulatorFault, FaultCell]) => {
        const { serviceId, operationId } = await cell.prepare(name);
        cell.panel.fault({ op: kind.look.call, fault, times: 1, ...(fault === 'late' && { delayMs: 1300 }) });
        await playToEnd(operationId);
        ends[fault] = await endOf(cell, operationId);
        await expectStanding(cell, serviceId, COURSE[name][1], `${name} whose look meets ${fault}`);
      };
      await Promise.all([...cells].map(play));
      const expected = SIMULATOR_FAULTS.map((fault) => [fault, expectedOfLook(fault, name, kind)]);
      expect(ends).toEqual(Object.fromEntries(expected));
      await expectRest();
      process.stdout.write(
        `${kind.slug} look of ${name}: ${expected.length} of ${expected.length} faults end as required\n`,
      );
    },
    60_000,
  );

  it('"slow down" is waited for as told, is no attempt, and then the work is done', async () => {
    const [cell] = cells.values();
    if (!cell) throw new Error('no cell');
    for (const { name, value, waits } of RETRY_AFTER) {
      const { operationId } = await cell.prepare('SUSPEND');
      cell.panel.fault({ op: 'suspend', fault: 'http429', times: 1, retryAfter: value() });
      await playRun(operationId);
      const [parked] = await db.$queryRaw<{ code: string; seconds: number; attemptCount: number }[]>`
        SELECT "reason"->>'code' AS "code", "attemptCount", EXTRACT(EPOCH FROM "nextTryAt" - now())::float8 AS "seconds"
        FROM "Operation" WHERE "id" = ${operationId}`;
      expect(parked, name).toMatchObject({ code: 'rate-limited', attemptCount: 0 });
      expect(parked?.seconds, name).toBeGreaterThan(waits[0]);
      expect(parked?.seconds, name).toBeLessThanOrEqual(waits[1]);
      expect(await playToEnd(operationId), name).toBe('SUCCEEDED');
    }
    process.stdout.write(
      `${kind.slug} Retry-After: ${RETRY_AFTER.length} of ${RETRY_AFTER.length} waited for as told\n`,
    );
  });
});
