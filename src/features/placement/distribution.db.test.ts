import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import type { FillType } from '../groups/choices';
import { wantedBy } from './candidates';
import { placeService } from './select-server';
import { makeOrders } from './testing/random-group';

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

async function makeWorld(fillType: FillType, limits: (number | null)[]) {
  const { id: moduleId } = await makeServerModule();
  const { id: groupId } = await makeServerGroup({ fillType });
  const product = await makeProduct({ moduleId, serverGroupId: groupId });
  const { id: customerId } = await makeCustomer();
  const ids: string[] = [];
  const join = async (maxAccounts: number | null, more: object = {}) => {
    const server = await makeServer({ moduleId, groupId, maxAccounts, groupPosition: ids.length, ...more });
    ids.push(server.id);
  };
  for (const limit of limits) await join(limit);
  const place = async (count: number) => {
    for (const owner of await makeOrders(product.id, customerId, count)) {
      await inTransaction((tx) => placeService(tx, owner, wantedBy(product, []), fillType));
    }
    const servers = await db.server.findMany({ where: { id: { in: ids } } });
    return ids.map((id) => servers.find((server) => server.id === id)?.accountCount);
  };
  const change = (index: number, data: object) => db.server.update({ where: { id: ids[index] ?? '' }, data });
  return { place, join, change };
}

describe.each([10, 100, 1000])('%i orders', (count) => {
  const tenth = count / 10;
  it.each<[FillType, (number | null)[], number[]]>([
    ['fill', [count, count, count, count, count], Array(5).fill(count / 5)],
    ['round-robin', [count, null, count, count, count], Array(5).fill(count / 5)],
    ['pack', [tenth * 6, tenth * 3, tenth * 4, null], [tenth * 6, tenth * 3, tenth, 0]],
    ['balanced', [tenth * 10, tenth * 6, tenth * 4, null], [tenth * 5, tenth * 3, tenth * 2, 0]],
  ])(
    '%s',
    async (fillType, limits, expected) => {
      const world = await makeWorld(fillType, limits);
      expect(await world.place(count)).toEqual(expected);
    },
    120_000,
  );
});

describe('servers that join, leave and fill up', () => {
  it('fill: a new one catches up first, one that left gets nothing, a full one is passed over', async () => {
    const world = await makeWorld('fill', [100, 100, 12]);
    expect(await world.place(30)).toEqual([10, 10, 10]);
    await world.join(100);
    expect(await world.place(9)).toEqual([10, 10, 10, 9]);
    await world.change(0, { status: 'MAINTENANCE' });
    expect(await world.place(11)).toEqual([10, 14, 12, 14]);
    await world.change(0, { status: 'ACTIVE' });
    expect(await world.place(4)).toEqual([14, 14, 12, 14]);
  });

  it('round-robin: a new one is next, and who comes back waits for nobody', async () => {
    const world = await makeWorld('round-robin', [100, 100]);
    expect(await world.place(4)).toEqual([2, 2]);
    await world.join(100);
    expect(await world.place(3)).toEqual([3, 3, 1]);
    await world.change(1, { isDisabled: true });
    expect(await world.place(4)).toEqual([5, 3, 3]);
    await world.change(1, { isDisabled: false });
    expect(await world.place(1)).toEqual([5, 4, 3]);
  });

  it('pack: room that appears further up is used first', async () => {
    const world = await makeWorld('pack', [3, 3, 3]);
    expect(await world.place(5)).toEqual([3, 2, 0]);
    await world.change(0, { maxAccounts: 5 });
    expect(await world.place(3)).toEqual([5, 3, 0]);
    await world.change(2, { heldAt: new Date() });
    expect(await world.place(2)).toEqual([5, 3, 0]);
  });

  it('balanced: shares level out when a limit changes, and one without a limit comes last', async () => {
    const world = await makeWorld('balanced', [10, 10, null]);
    expect(await world.place(10)).toEqual([5, 5, 0]);
    await world.change(0, { maxAccounts: 20 });
    expect(await world.place(8)).toEqual([12, 6, 0]);
    expect(await world.place(14)).toEqual([20, 10, 2]);
  });
});
