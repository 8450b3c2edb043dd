import { beforeEach, expect, it, vi } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { FILL_TYPES } from '../groups/choices';
import { announceRoom } from './announce-room';
import { wantedBy } from './candidates';
import { releasePlacement } from './release-placement';
import { placeService } from './select-server';
import { makeOrders } from './testing/random-group';

// As many connections as rivals: the race has to be a race.
vi.stubEnv('HYBLE_DATABASE_POOL', '50');

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

/** Each counter is what is really open; answers how many that is, and what each server holds of its limit. */
async function countOpen() {
  const servers = await db.server.findMany({
    include: { _count: { select: { placements: { where: { releasedAt: null } } } } },
    orderBy: { groupPosition: 'asc' },
  });
  for (const { accountCount, _count } of servers) expect(accountCount).toBe(_count.placements);
  const held = servers.map(({ accountCount, maxAccounts }) => ({ used: accountCount, limit: maxAccounts ?? 0 }));
  return { held, open: held.reduce((sum, { used }) => sum + used, 0) };
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
      expect(ends.filter(Boolean), `round ${round}`).toHaveLength(free);
      const { held, open } = await countOpen();
      expect(open).toBe(free);
      expect(held.every(({ used, limit }) => used <= limit)).toBe(true);
    }
  },
  180_000,
);

it.each([
  ['1 slot', 1],
  ['10 slots', 10],
])(
  `${WORKERS} workers for %s among terminates and limit changes, ${ROUNDS} rounds: none over, none lost`,
  async (_, slots) => {
    for (let round = 0; round < ROUNDS; round++) {
      await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
      // The first is full of services that end meanwhile, the second gets room, the third loses it.
      const { servers, place, orders } = await makeWorld(round, [slots, 0, 0]);
      const old = await Promise.all((await orders(slots)).map(place));
      const limit = (index: number, maxAccounts: number) =>
        inTransaction(async (tx) => {
          const id = servers[index]?.id ?? '';
          await tx.server.update({ where: { id }, data: { maxAccounts } });
          await announceRoom(tx, id);
        });
      await limit(2, 2);
      const ends = await Promise.all([
        ...(await orders(WORKERS - slots - 2)).map(async (owner) => Boolean(await place(owner))),
        ...old.map((slot) =>
          inTransaction((tx) => releasePlacement(tx, slot?.placementId ?? '', 'ended')).then(() => false),
        ),
        limit(1, slots).then(() => false),
        limit(2, 0).then(() => false),
      ]);
      const placed = ends.filter(Boolean).length;
      const { held, open } = await countOpen();
      expect(open, `round ${round}`).toBe(placed);
      expect(held.map(({ used }) => used).every((used, index) => used <= (index === 2 ? 2 : slots))).toBe(true);
      // Whoever was told "no room" before a slot came free gets it when asked again; then everything is used.
      const again = (await Promise.all((await orders(2 * slots + 1)).map(place))).filter(Boolean).length;
      const after = await countOpen();
      expect(after.open, `round ${round}`).toBe(placed + again);
      expect(after.held.slice(0, 2).map(({ used }) => used)).toEqual([slots, slots]);
    }
  },
  180_000,
);
