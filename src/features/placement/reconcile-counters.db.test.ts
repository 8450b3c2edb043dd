import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeService } from '../../../prisma/factories/service';
import { recentDrift, reconcileCounters } from './reconcile-counters';

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  await clearAudit();
});

async function makeServerWith(open: number, counter: number, more: object = {}) {
  const server = await makeServer({ accountCount: counter, ...more });
  const product = await makeProduct({ moduleId: server.moduleId, serverGroupId: server.groupId });
  for (let i = 0; i < open; i++) {
    const service = await makeService({ productId: product.id });
    await db.placement.create({ data: { serviceId: service.id, serverId: server.id, reason: {} } });
  }
  return { server, product };
}

it('finds nothing where every counter is right, and says nothing', async () => {
  await makeServerWith(2, 2);
  await makeServerWith(0, 0);
  expect(await reconcileCounters()).toEqual({ checked: 2, drift: [] });
  expect(await db.auditEntry.count()).toBe(0);
});

it('puts a wrong counter right and says so, once', async () => {
  const { server: high } = await makeServerWith(1, 4, { name: 'high' });
  const { server: low } = await makeServerWith(3, 0, { name: 'low' });
  const { drift } = await reconcileCounters();
  expect(drift.map(({ server, counter, count }) => [server, counter, count]).sort()).toEqual([
    ['high', 4, 1],
    ['low', 0, 3],
  ]);
  const counts = await db.server.findMany({ where: { id: { in: [high.id, low.id] } }, orderBy: { name: 'asc' } });
  expect(counts.map(({ accountCount }) => accountCount)).toEqual([1, 3]);
  expect(await db.auditEntry.count({ where: { action: 'server.recount' } })).toBe(2);
  expect((await recentDrift()).map(({ server }) => server).sort()).toEqual(['high', 'low']);
  expect((await reconcileCounters()).drift).toEqual([]);
});

it('room that was hidden by a wrong counter wakes who waits for it', async () => {
  const { id: groupId } = await makeServerGroup();
  const { product } = await makeServerWith(0, 2, { maxAccounts: 2, groupId });
  const service = await makeService({ productId: product.id });
  const later = new Date(Date.now() + 600_000);
  const reason = { code: 'no-room', group: null, others: [], total: 1 };
  const waiting = await makeOperation({ serviceId: service.id, state: 'WAITING', reason, nextTryAt: later });
  await reconcileCounters();
  const { nextTryAt } = await db.operation.findUniqueOrThrow({ where: { id: waiting.id } });
  expect(nextTryAt?.getTime()).toBeLessThan(later.getTime() - 500_000);
});
