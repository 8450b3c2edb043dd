import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { wantedBy } from './candidates';
import { previewPlacement } from './preview-placement';
import { placeService } from './select-server';
import { diceOf, makeOrders, makeRandomGroup } from './testing/random-group';

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

async function placeForReal(productId: string, customerId: string, count: number): Promise<(string | null)[]> {
  const product = await db.product.findUniqueOrThrow({ where: { id: productId }, include: { serverGroup: true } });
  const went: (string | null)[] = [];
  for (const owner of await makeOrders(productId, customerId, count)) {
    const placed = await inTransaction((tx) =>
      placeService(tx, owner, wantedBy(product, []), product.serverGroup?.fillType),
    );
    went.push(placed?.serverId ?? null);
  }
  return went;
}

const SEED = 20_260_701;

describe('the dry run', () => {
  it.each([0, 1, 2, 3])(
    'says what then really happens, for 50 random groups (part %i)',
    async (part) => {
      const { id: customerId } = await makeCustomer();
      let parked = 0;
      let placed = 0;
      for (let i = 0; i < 50; i++) {
        const seed = SEED + part * 50 + i;
        const dice = diceOf(seed);
        const { id: moduleId } = await makeServerModule();
        const { product } = await makeRandomGroup(dice, moduleId);
        const count = 1 + dice.below(14);
        const preview = await previewPlacement({ productId: product.id, count });
        const expected = [...preview.orders.map(({ winner }) => winner.serverId), ...Array(preview.waiting).fill(null)];
        const went = await placeForReal(product.id, customerId, count);
        expect(went, `seed ${seed}, ${preview.rule}`).toEqual(expected);
        if (preview.free !== null) expect(Math.min(preview.free, count), `seed ${seed}`).toBe(preview.orders.length);
        placed += preview.orders.length;
        parked += preview.waiting;
      }
      // The groups are varied enough to mean something.
      expect(placed).toBeGreaterThan(50);
      expect(parked).toBeGreaterThan(20);
    },
    60_000,
  );

  it('writes nothing', async () => {
    const { id: moduleId } = await makeServerModule();
    const { id: groupId } = await makeServerGroup();
    const server = await makeServer({ moduleId, groupId, maxAccounts: 5 });
    await previewPlacement({ groupId, count: 10 });
    expect(await db.server.findUniqueOrThrow({ where: { id: server.id } })).toEqual(server);
    expect(await db.placement.count()).toBe(0);
  });

  it('explains each order: who was behind, who became full, who could not take it', async () => {
    const { id: moduleId } = await makeServerModule();
    const { id: groupId } = await makeServerGroup({ fillType: 'pack', name: 'Games' });
    const make = (name: string, groupPosition: number, more: object = {}) =>
      makeServer({ name, moduleId, groupId, groupPosition, maxAccounts: 2, ...more });
    await make('first', 0);
    await make('second', 1);
    await make('closed', 2, { status: 'MAINTENANCE' });
    const preview = await previewPlacement({ groupId, count: 6 });
    expect(preview).toMatchObject({
      rule: 'pack',
      waiting: 2,
      free: 4,
      total: 3,
      counts: { behind: 2, maintenance: 1 },
    });
    expect(preview.orders.map(({ winner }) => winner.server)).toEqual(['first', 'first', 'second', 'second']);
    expect(preview.orders[0]).toMatchObject({
      number: 1,
      winner: { used: 1, limit: 2 },
      counts: { behind: 1, maintenance: 1 },
    });
    expect(preview.orders[2]?.others.map(({ server, why }) => `${server} ${why}`)).toEqual([
      'first full',
      'closed maintenance',
    ]);
    expect(preview.refused.map(({ server }) => server)).toEqual(['closed']);
  });

  it('knows no end where a server has no limit, and answers 1,000 orders', async () => {
    const { id: moduleId } = await makeServerModule();
    const { id: groupId } = await makeServerGroup({ fillType: 'round-robin' });
    for (let i = 0; i < 3; i++) await makeServer({ moduleId, groupId, maxAccounts: i === 0 ? null : 100 });
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: groupId });
    const preview = await previewPlacement({ productId, count: 1000 });
    expect(preview.free).toBeNull();
    expect(preview.orders).toHaveLength(1000);
    expect(preview.orders.at(-1)?.winner).toMatchObject({ used: 800, limit: null });
  });

  it('refuses a group and a product that are not there', async () => {
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    await expect(previewPlacement({ groupId: id, count: 1 })).rejects.toThrow('no such group');
    await expect(previewPlacement({ productId: id, count: 1 })).rejects.toThrow('no such product');
  });
});
