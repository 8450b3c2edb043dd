import { afterAll, describe, expect, it } from 'vitest';
import { requestChange } from '@/features/operations/request-change';
import { type PanelKind, startPanelWorld } from '@/features/operations/testing/panel-world';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { SIMULATOR_FAULTS } from '@/modules/sdk/simulator-definition';
import { EXPECTED, type FaultEnd, type FaultedOperation, OPERATIONS } from '../expected';

const ctx = systemContext('faults');
/**
 * Every fault that a simulated panel can show, met by every operation: the required end each time, nothing left open, and
 * the counts printed. One panel per file: what the program may dial is read once per process.
 */
export function describeEveryFault(kind: PanelKind): void {
  describe(`${kind.slug} meets every fault`, () => {
    const world = startPanelWorld(kind);
    const counts = new Map<string, number>();
    afterAll(() => {
      for (const [line, count] of [...counts].sort())
        process.stdout.write(`${line}: ${count} of ${SIMULATOR_FAULTS.length}\n`);
    });
    let named = 0;

    async function order() {
      named += 1;
      return createService(ctx, {
        productId: world.productId,
        customerId: world.customerId,
        domain: `order-${named}.example.com`,
      });
    }

    /** The service that meets the fault, brought to where the operation makes sense, and the operation itself. */
    async function prepare({ kind: wanted }: FaultedOperation) {
      const made = await order();
      if (wanted === 'CREATE') return made;
      await playToEnd(made.operationId);
      if (wanted === 'UNSUSPEND') await ask(made.serviceId, 'SUSPEND').then(playToEnd);
      return { serviceId: made.serviceId, operationId: await ask(made.serviceId, wanted) };
    }

    async function ask(serviceId: string, wanted: Exclude<FaultedOperation['kind'], 'CREATE'>): Promise<string> {
      const wish = wanted === 'CHANGE_PASSWORD' ? { password: 'Another-secret-7' } : {};
      const { operationId } = await requestChange(ctx, { serviceId, kind: wanted, wish });
      return operationId ?? '';
    }

    const accountsOf = (remoteId: string | null) => world.a.state().accounts.filter(({ id }) => id === remoteId);

    async function expectGoodEnd(serviceId: string, { kind: wanted }: FaultedOperation) {
      const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
      // By domain: a panel may still finish the late call of the test before.
      const all = [world.a, world.b]
        .flatMap((panel) => panel.state().accounts)
        .filter(({ domain }) => domain === service.domain);
      const status = {
        CREATE: 'ACTIVE',
        SUSPEND: 'SUSPENDED',
        UNSUSPEND: 'ACTIVE',
        TERMINATE: 'TERMINATED',
        CHANGE_PASSWORD: 'ACTIVE',
      };
      expect(service.status).toBe(status[wanted]);
      expect(all).toHaveLength(wanted === 'TERMINATE' ? 0 : 1);
      if (wanted === 'SUSPEND') expect(accountsOf(service.remoteId)[0]?.status).toBe('suspended');
      if (wanted === 'UNSUSPEND') expect(accountsOf(service.remoteId)[0]?.status).toBe('active');
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

    const cases = OPERATIONS.flatMap((operation) =>
      SIMULATOR_FAULTS.map((fault) => ({
        operation,
        fault,
        end: EXPECTED[fault],
        name: `${operation.kind} meets ${fault}`,
      })),
    );

    it.each(cases)('$name: $end', async ({ operation, fault, end }) => {
      const { serviceId, operationId } = await prepare(operation);
      world.a.fault({ op: operation.op, fault, times: 1, ...(fault === 'late' && { delayMs: 1300 }) });
      const state = await playToEnd(operationId);
      const wanted: Record<FaultEnd, string> = { good: 'SUCCEEDED', 'held, then good': 'SUCCEEDED', refused: 'FAILED' };
      expect(state).toBe(wanted[end]);
      if (end === 'held, then good') {
        expect(
          await db.auditEntry.count({ where: { action: 'server.hold', targetId: world.serverA } }),
        ).toBeGreaterThan(0);
      }
      if (end === 'refused')
        expect(await db.operation.findUniqueOrThrow({ where: { id: operationId } })).toMatchObject({
          reason: { code: 'panel-refused' },
        });
      else
        await expect.poll(() => expectGoodEnd(serviceId, operation).then(() => 'good'), { timeout: 3000 }).toBe('good');
      await expectRest();
      const line = `${kind.slug} ${operation.kind}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    });
  });
}
