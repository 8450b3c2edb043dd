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
const KINDS = Object.values(OperationKind);
await simulators.prepare(PANELS, 1 + KINDS.length);
afterAll(() => Promise.all([catcher.stop(), simulators.stop()]));

const FAST = { timeout: 5000, interval: 20 };
const changingCalls = (cell: FaultCell) =>
  cell.panel.state().calls.filter(({ op }) => !['get', 'list', 'health', 'names', 'info'].includes(op)).length;

describe.each(PANELS)("somebody else's account on $slug, by our name", (kind) => {
  const cells = startCells(kind, ['only', ...KINDS]);
  const cell = () => {
    const found = cells.get('only');
    if (!found) throw new Error('no cell');
    return found;
  };
  const changes = Object.values(OperationKind).filter(
    (name): name is Exclude<OperationKind, 'CREATE'> => name !== 'CREATE' && OPERATIONS[name](kind) !== null,
  );

  /** Takes our account away and puts another one in its place. */
  function replace({ panel }: FaultCell, ours: SimulatedAccount, by: Partial<SimulatedAccount>): SimulatedAccount[] {
    panel.remove(ours.id);
    panel.plant(by);
    return panel.state().accounts;
  }

  it.each(changes)('%s never touches it', async (name) => {
    const ways = Object.keys(kind.strangers({} as SimulatedAccount)); // only the names of the ways
    for (const way of ways) {
      const { serviceId, operationId } = await cell().prepare(name);
      const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
      const [ours] = cell().accountsOf(service);
      if (!ours) throw new Error('our account is not there');
      const before = replace(cell(), ours, kind.strangers(ours)[way] ?? {});
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

  it('that appears while a call is under way whose answer is lost, is never touched by what follows', async () => {
    const names = KINDS.filter((name) => OPERATIONS[name](kind) !== null);
    const [way = ''] = Object.keys(kind.strangers({} as SimulatedAccount)); // only the names of the ways
    const play = async (name: OperationKind) => {
      const mine = cells.get(name);
      if (!mine) throw new Error('no cell');
      const { serviceId, operationId } = await mine.prepare(name);
      const call = OPERATIONS[name](kind) ?? '';
      mine.panel.fault({ op: call, fault: 'hang-before', times: 1 });
      const played = playRun(operationId);
      await expect.poll(() => db.operationAttempt.count({ where: { operationId, endedAt: null } }), FAST).toBe(1);
      const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
      const { username, domain } = service;
      const fresh = { id: username ?? 'sv-stranger', externalId: serviceId, username, domain, status: 'active' };
      const ours = name === 'CREATE' ? fresh : mine.accountsOf(service)[0];
      if (!ours) throw new Error('our account is not there');
      const before = replace(mine, { ...fresh, ...ours }, kind.strangers({ ...fresh, ...ours })[way] ?? {});
      const [stranger] = before;
      await played;
      const state = await playToEnd(operationId);
      // A create may still make an account of its own beside it; nothing else may change anything.
      const after = mine.panel.state().accounts;
      expect(name === 'CREATE' ? after.find(({ id }) => id === stranger?.id) : after, name).toEqual(
        name === 'CREATE' ? stranger : before,
      );
      const { reason } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
      if (name === 'CREATE') expect(['SUCCEEDED', 'UNKNOWN'], name).toContain(state);
      else if (kind.strangersUnseen) expect(state, name).toBe(name === 'TERMINATE' ? 'SUCCEEDED' : 'FAILED');
      else expect([state, reason], name).toMatchObject(['UNKNOWN', { code: 'not-ours' }]);
      const { remoteId } = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
      if (name === 'CREATE') expect(remoteId).not.toBe(stranger?.id);
    };
    await Promise.all(names.map(play));
    process.stdout.write(`${kind.slug}: appearing during ${names.length} operations, 0 touched\n`);
  });
});
