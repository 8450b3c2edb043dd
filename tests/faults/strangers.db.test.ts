import { afterAll, describe, expect, it, vi } from 'vitest';
import { playRun } from '@/features/operations/testing/play-run';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { OperationKind } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import type { SimulatedAccount } from '@/modules/sdk/simulator-definition';
import { OPERATIONS } from './expected';
import { PANELS } from './panels';
import { type FaultCell, simulators, startCells } from './testing/fault-cells';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
await simulators.prepare(PANELS, 1);
afterAll(() => Promise.all([catcher.stop(), simulators.stop()]));

const changingCalls = (cell: FaultCell) =>
  cell.panel.state().calls.filter(({ op }) => !['get', 'list', 'health', 'names', 'info'].includes(op)).length;

describe.each(PANELS)("somebody else's account on $slug, by our name", (kind) => {
  const cells = startCells(kind, ['only']);
  const cell = () => {
    const found = cells.get('only');
    if (!found) throw new Error('no cell');
    return found;
  };
  const changes = Object.values(OperationKind).filter(
    (name): name is Exclude<OperationKind, 'CREATE'> => name !== 'CREATE' && OPERATIONS[name](kind) !== null,
  );

  /** Takes our account away and puts another one in its place. */
  function replace(ours: SimulatedAccount, by: Partial<SimulatedAccount>): SimulatedAccount[] {
    cell().panel.remove(ours.id);
    cell().panel.plant(by);
    return cell().panel.state().accounts;
  }

  it.each(changes)('%s never touches it', async (name) => {
    const ways = Object.keys(kind.strangers({} as SimulatedAccount)); // only the names of the ways
    for (const way of ways) {
      const { serviceId, operationId } = await cell().prepare(name);
      const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
      const [ours] = cell().accountsOf(service);
      if (!ours) throw new Error('our account is not there');
      const before = replace(ours, kind.strangers(ours)[way] ?? {});
      const calls = changingCalls(cell());
      const state = await playToEnd(operationId);
      expect(cell().panel.state().accounts, way).toEqual(before);
      expect(changingCalls(cell()), way).toBe(calls);
      const operation = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
      if (kind.strangersUnseen) expect(state, way).toBe(name === 'TERMINATE' ? 'SUCCEEDED' : 'FAILED');
      else expect([state, operation.reason], way).toMatchObject(['UNKNOWN', { code: 'not-ours' }]);
      // Nobody is left to settle it: the next way begins with a new service.
      await db.operation.update({ where: { id: operationId }, data: { state: 'CANCELLED' } });
      await db.service.update({ where: { id: serviceId }, data: { status: 'TERMINATED' } });
      cell().panel.remove(ours.id);
    }
    process.stdout.write(`${kind.slug} ${name}: ${ways.length} strangers, 0 touched\n`);
  });

  it('CREATE that finds it there, before it or after a lost answer, never takes it over', async () => {
    const ways = Object.keys(kind.strangers({} as SimulatedAccount)); // only the names of the ways
    for (const way of ways) {
      const made = await cell().order();
      // The name is chosen, nothing is made yet.
      cell().panel.fault({ op: 'create', fault: 'http429', times: 1 });
      await playRun(made.operationId);
      const { username, domain } = await db.service.findUniqueOrThrow({ where: { id: made.serviceId } });
      const ours = { id: username ?? 'sv-stranger', externalId: made.serviceId, username, domain, status: 'active' };
      const stranger = cell().panel.plant(kind.strangers(ours)[way] ?? {});
      cell().panel.fault({ op: 'create', fault: 'drop-before', times: 1 });
      const state = await playToEnd(made.operationId);
      const service = await db.service.findUniqueOrThrow({ where: { id: made.serviceId } });
      expect(['SUCCEEDED', 'UNKNOWN'], way).toContain(state);
      expect(service.remoteId, way).not.toBe(stranger.id);
      expect(
        cell()
          .panel.state()
          .accounts.find(({ id }) => id === stranger.id),
        way,
      ).toEqual(stranger);
      await db.operation.update({ where: { id: made.operationId }, data: { state: 'CANCELLED' } });
      await db.service.update({ where: { id: made.serviceId }, data: { status: 'CANCELLED' } });
      for (const { id } of cell().panel.state().accounts) cell().panel.remove(id);
    }
    process.stdout.write(`${kind.slug} CREATE: ${ways.length} strangers, 0 touched\n`);
  });
});
