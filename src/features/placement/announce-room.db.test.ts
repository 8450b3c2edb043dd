import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { announceRoom, announceRoomForProduct } from './announce-room';
import { waitingForRoom } from './waiting-for-room';

const LATER = new Date(Date.now() + 600_000);

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

async function makeWorld() {
  const { id: moduleId } = await makeServerModule();
  const games = await makeServerGroup({ name: 'Games' });
  const web = await makeServerGroup({ name: 'Web' });
  return { moduleId, games, web };
}

async function makeWaiting(moduleId: string, serverGroupId: string | null, orders: number) {
  const product = await makeProduct({ moduleId, serverGroupId, name: 'Anywhere' });
  const ids: string[] = [];
  for (let i = 0; i < orders; i++) {
    const service = await makeService({ productId: product.id });
    const operation = await makeOperation({
      serviceId: service.id,
      state: 'WAITING',
      reason: { code: 'no-room', group: null, others: [], total: 0 },
      nextTryAt: LATER,
      createdAt: new Date(Date.now() - 60_000 + i * 1000),
    });
    ids.push(operation.id);
  }
  return { product, ids };
}

const due = async () => {
  const rows = await db.operation.findMany({ where: { nextTryAt: { lt: LATER } }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ id }) => id);
};

it('wakes as many as there is room for, the longest waiting first, and nobody of another group', async () => {
  const { moduleId, games, web } = await makeWorld();
  await makeWaiting(moduleId, web.id, 2);
  const { ids } = await makeWaiting(moduleId, games.id, 3);
  const server = await makeServer({ moduleId, groupId: games.id, maxAccounts: 7, accountCount: 4, unknownCount: 1 });
  await inTransaction((tx) => announceRoom(tx, server.id));
  expect(await due()).toEqual(ids.slice(0, 2));
});

it('an order that may go to every server of its module is woken by any of them', async () => {
  const { moduleId, games } = await makeWorld();
  const { ids } = await makeWaiting(moduleId, null, 1);
  const server = await makeServer({ moduleId, groupId: games.id });
  await inTransaction((tx) => announceRoom(tx, server.id));
  expect(await due()).toEqual(ids);
});

it.each([
  ['is full', { maxAccounts: 3, accountCount: 3 }],
  ['is over its limit', { maxAccounts: 3, accountCount: 5 }],
  ['is disabled', { isDisabled: true }],
  ['is held', { heldAt: new Date() }],
  ['is in maintenance', { status: 'MAINTENANCE' as const }],
  ['is offline', { status: 'OFFLINE' as const }],
  ['was removed', { archivedAt: new Date() }],
])('a server that %s wakes nobody', async (_, state) => {
  const { moduleId, games } = await makeWorld();
  await makeWaiting(moduleId, games.id, 1);
  const server = await makeServer({ moduleId, groupId: games.id, ...state });
  await inTransaction((tx) => announceRoom(tx, server.id));
  expect(await due()).toEqual([]);
});

it('a product that asks for less wakes its own orders', async () => {
  const { moduleId, games } = await makeWorld();
  await makeWaiting(moduleId, games.id, 1);
  const { product, ids } = await makeWaiting(moduleId, games.id, 2);
  await inTransaction((tx) => announceRoomForProduct(tx, product.id));
  expect(await due()).toEqual(ids);
});

it('staff read one line per group, however many orders wait', async () => {
  const { moduleId, games, web } = await makeWorld();
  await makeWaiting(moduleId, games.id, 3);
  await makeWaiting(moduleId, web.id, 1);
  await makeWaiting(moduleId, null, 1);
  const lines = (await waitingForRoom()).map(({ name, orders }) => `${name} ${orders}`);
  expect(lines.sort()).toEqual(['Anywhere 1', 'Games 3', 'Web 1']);
});
