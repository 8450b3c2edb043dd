import { beforeEach, expect, it, vi } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { FILL_TYPES } from '../groups/schema';
import { announceRoom } from './announce-room';
import { wantedBy } from './candidates';
import { releasePlacement } from './release-placement';
import { placeService } from './select-server';
import { makeOrders } from './testing/random-group';

// As many connections as rivals: the race has to be a race.
vi.stubEnv('HYBLE_DATABASE_POOL', '30');

const ROUNDS = 20;
const WORKERS = 50;

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

async function makeWorld(round: number, limits: number[]) {
  const { id: moduleId } = await makeServerModule();
  const fillType = FILL_TYPES[round % FILL_TYPES.length] ?? 'fill';
  const { id: serverGroupId } = await makeServerGroup({ fillType });
  const product = await makeProduct({ moduleId, serverGroupId });
  const servers = [];
  for (const [groupPosition, maxAccounts] of limits.entries()) {
    servers.push(await makeServer({ moduleId, groupId: serverGroupId, maxAccounts, groupPosition }));
  }
  const { id: customerId } = await makeCustomer();
  const place = (owner: { serviceId: string; operationId: string }) =>
    inTransaction((tx) => placeService(tx, owner, wantedBy(product, []), fillType));
  return { servers, place, orders: (count: number) => makeOrders(product.id, customerId, count) };
}

async function expectNoneOver() {
  const servers = await db.server.findMany({
    include: { _count: { select: { placements: { where: { releasedAt: null } } } } },
  });
  for (const { accountCount, maxAccounts, _count } of servers) {
    expect(accountCount).toBe(_count.placements);
    expect(accountCount).toBeLessThanOrEqual(maxAccounts ?? 0);
  }
  return servers.reduce((sum, { accountCount }) => sum + accountCount, 0);
}

it.each([
  ['1 slot', [1]],
  ['10 slots', [4, 6]],
  ['50 slots', [25, 20, 5]],
])(
  `${WORKERS} orders for %s, ${ROUNDS} rounds: exactly the free slots are used`,
  async (_, limits) => {
    const free = limits.reduce((sum, limit) => sum + limit, 0);
    for (let round = 0; round < ROUNDS; round++) {
      await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
      const world = await makeWorld(round, limits);
      const ends = await Promise.all((await world.orders(WORKERS)).map(world.place));
      expect(ends.filter(Boolean), `round ${round}`).toHaveLength(Math.min(free, WORKERS));
      expect(await expectNoneOver()).toBe(Math.min(free, WORKERS));
    }
  },
  180_000,
);

it(`orders among terminates and limit changes, ${ROUNDS} rounds: none over, none lost`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
    const { servers, place, orders } = await makeWorld(round, [5, 5]);
    const [first, second] = servers;
    if (!first || !second) throw new Error('two servers are made above');
    const old = await Promise.all((await orders(10)).map(place));
    const leaving = old.slice(0, 6).flatMap((slot) => (slot ? [slot.placementId] : []));
    const raise = inTransaction(async (tx) => {
      await tx.server.update({ where: { id: first.id }, data: { maxAccounts: 8 } });
      await announceRoom(tx, first.id);
    });
    const ends = await Promise.all([
      ...(await orders(WORKERS - 10)).map(async (owner) => Boolean(await place(owner))),
      ...leaving.map((id) => inTransaction((tx) => releasePlacement(tx, id, 'terminated')).then(() => false)),
      raise.then(() => false),
    ]);
    const placed = ends.filter(Boolean).length;
    expect(placed, `round ${round}`).toBeLessThanOrEqual(9);
    expect(await expectNoneOver()).toBe(4 + placed);
    // Whoever was told "no room" before a slot came free gets it when asked again; then everything is used.
    const again = await Promise.all((await orders(20)).map(place));
    expect(placed + again.filter(Boolean).length).toBe(9);
    expect(await expectNoneOver()).toBe(13);
  }
}, 180_000);
