import { beforeEach, describe, expect, it, vi } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import type { PlacementReason } from './explain-placement';
import { previewPlacement } from './preview-placement';
import { releasePlacement } from './release-placement';
import { selectServer } from './select-server';

// As many connections as rivals: the race has to be a race.
vi.stubEnv('HYBLE_DATABASE_POOL', '50');

interface World {
  moduleId: string;
  groupId: string;
  productId: string;
}

async function makeWorld(fillType: string, limits: (number | null)[]): Promise<World & { serverIds: string[] }> {
  const { id: moduleId } = await makeServerModule();
  const { id: groupId } = await makeServerGroup({ fillType });
  const { id: productId } = await makeProduct({ moduleId, serverGroupId: groupId });
  const serverIds: string[] = [];
  for (const [groupPosition, maxAccounts] of limits.entries()) {
    const server = await makeServer({
      moduleId,
      groupId,
      maxAccounts,
      groupPosition,
      createdAt: new Date(2026, 0, groupPosition + 1),
    });
    serverIds.push(server.id);
  }
  return { moduleId, groupId, productId, serverIds };
}

async function order(world: World) {
  const service = await makeService({ productId: world.productId });
  const operation = await makeOperation({ serviceId: service.id });
  return { operationId: operation.id, dispatch: 1, runId: `run-${operation.id}` };
}

async function countersMatch(world: World) {
  const servers = await db.server.findMany({
    where: { groupId: world.groupId },
    include: { _count: { select: { placements: { where: { releasedAt: null } } } } },
    orderBy: { groupPosition: 'asc' },
  });
  for (const server of servers) expect(server.accountCount).toBe(server._count.placements);
  return servers.map((server) => server.accountCount);
}

const reasonOf = async (operationId: string) => {
  const { reason } = await db.placement.findFirstOrThrow({ where: { operationId } });
  return JSON.parse(JSON.stringify(reason)) as PlacementReason;
};

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

describe('50 orders at the same time', () => {
  it.each([
    ['fill', [25, 25]],
    ['round-robin', [10, 40]],
    ['pack', [30, 20]],
    ['balanced', [45, 5]],
  ])('%s: 50 free slots take all 50', async (fillType, limits) => {
    const world = await makeWorld(fillType, limits);
    const runs = await Promise.all(Array.from({ length: 50 }, () => order(world)));
    const ends = await Promise.all(runs.map((run) => selectServer(run)));
    expect(ends.filter((end) => end.next === 'go-on')).toHaveLength(50);
    expect(await countersMatch(world)).toEqual(limits);
  });

  it.each([
    ['fill', [10, 10, 10, 10, 10]],
    ['round-robin', [10, 10, 10, 10, 10]],
    ['balanced', [10, 10, 10, 10, 10]],
    ['pack', [20, 20, 10, 0, 0]],
  ])('%s: the rule holds as if they had come one after the other', async (fillType, expected) => {
    const world = await makeWorld(fillType, [20, 20, 20, 20, 20]);
    const runs = await Promise.all(Array.from({ length: 50 }, () => order(world)));
    await Promise.all(runs.map((run) => selectServer(run)));
    expect(await countersMatch(world)).toEqual(expected);
  });

  it.each(['fill', 'round-robin'])(
    '%s: 10 free slots take exactly 10, and 40 wait with the reason',
    async (fillType) => {
      const world = await makeWorld(fillType, [4, 6]);
      const runs = await Promise.all(Array.from({ length: 50 }, () => order(world)));
      const ends = await Promise.all(runs.map((run) => selectServer(run)));
      expect(ends.filter((end) => end.next === 'go-on')).toHaveLength(10);
      expect(await countersMatch(world)).toEqual([4, 6]);
      const waiting = await db.operation.findMany({ where: { state: 'WAITING' } });
      expect(waiting).toHaveLength(40);
      expect(waiting[0]?.reason).toMatchObject({
        code: 'no-room',
        total: 2,
        others: [{ why: 'full' }, { why: 'full' }],
      });
    },
  );
});

describe('the rules', () => {
  async function placeMany(world: World, count: number) {
    for (let i = 0; i < count; i++) await selectServer(await order(world));
    return countersMatch(world);
  }

  it('fill: the server with the fewest accounts', async () => {
    const world = await makeWorld('fill', [100, 100, 100]);
    await db.server.update({ where: { id: world.serverIds[0] ?? '' }, data: { unknownCount: 0 } });
    expect(await placeMany(world, 7)).toEqual([3, 2, 2]);
  });

  it('round-robin: each in turn, whatever they hold', async () => {
    const world = await makeWorld('round-robin', [100, null, 100]);
    expect(await placeMany(world, 7)).toEqual([3, 2, 2]);
  });

  it('pack: the first until it is full', async () => {
    const world = await makeWorld('pack', [3, 3, 3]);
    expect(await placeMany(world, 5)).toEqual([3, 2, 0]);
  });

  it('balanced: the lowest percentage, servers without a limit last', async () => {
    const world = await makeWorld('balanced', [10, 30, null]);
    expect(await placeMany(world, 8)).toEqual([2, 6, 0]);
  });
});

describe('why a server was not chosen', () => {
  it('is stored with the placement, for each of them', async () => {
    const world = await makeWorld('fill', [10, 10, 10, 10, 10, 0, 10, 10, 10]);
    const [, held, disabled, offline, maintenance, , tagged, , forProduct] = world.serverIds;
    const set = (id: string | undefined, data: object) => db.server.update({ where: { id: id ?? '' }, data });
    await set(held, { heldAt: new Date() });
    await set(disabled, { isDisabled: true });
    await set(offline, { status: 'OFFLINE' });
    await set(maintenance, { status: 'MAINTENANCE' });
    for (const id of world.serverIds) if (id !== tagged) await set(id, { tags: ['nvme'] });
    await set(world.serverIds[7], { type: 'VPS' });
    await db.product.update({ where: { id: world.productId }, data: { requiredTags: ['nvme'], requiredType: 'GAME' } });
    await db.serverFull.create({
      data: {
        serverId: forProduct ?? '',
        productId: world.productId,
        until: new Date(Date.now() + 60_000),
        words: 'No memory left.',
      },
    });
    const run = await order(world);
    await selectServer(run);
    const reason = await reasonOf(run.operationId);
    expect(reason.winner.serverId).toBe(world.serverIds[0]);
    expect(reason.others.map((other) => other.why)).toEqual([
      'held',
      'disabled',
      'offline',
      'maintenance',
      'full',
      'missing-tag',
      'wrong-type',
      'full-for-product',
    ]);
    expect(reason.total).toBe(9);
  });

  it('says who was behind, and who was left a moment ago', async () => {
    const world = await makeWorld('pack', [10, 10, 10]);
    const run = await order(world);
    const [left, , behind] = world.serverIds;
    const avoid = [{ serverId: left, at: new Date().toISOString(), why: 'unreachable' }];
    await db.operation.update({ where: { id: run.operationId }, data: { avoid } });
    await selectServer(run);
    const { others, counts } = await reasonOf(run.operationId);
    expect(others.map(({ serverId, why }) => [serverId, why])).toEqual([
      [left, 'just-left'],
      [behind, 'behind'],
    ]);
    expect(counts).toEqual({ 'just-left': 1, behind: 1 });
  });

  it('is the switched-off module before everything else', async () => {
    const world = await makeWorld('fill', [0, 10]);
    await db.serverModule.update({ where: { id: world.moduleId }, data: { isActive: false } });
    const { orders, refused } = await previewPlacement({ groupId: world.groupId, count: 1 });
    expect(orders).toEqual([]);
    expect(refused.map(({ why }) => why)).toEqual(['module-inactive', 'module-inactive']);
  });

  it('names the first 50 and counts the rest', async () => {
    const world = await makeWorld('fill', [1]);
    const { moduleId, groupId } = world;
    for (let position = 1; position <= 60; position++) {
      await makeServer({
        moduleId,
        groupId,
        groupPosition: position,
        ...(position % 2 ? { isDisabled: true } : { maxAccounts: 0 }),
      });
    }
    const run = await order(world);
    await selectServer(run);
    const { others, total, counts, more } = await reasonOf(run.operationId);
    expect({ shown: others.length, total, counts, more }).toEqual({
      shown: 50,
      total: 61,
      counts: { disabled: 30, full: 30 },
      more: false,
    });
  });

  it.each([
    [249, false],
    [250, true],
  ])('says whether there are more than it looked at: one and %i others, %s', async (count, isMore) => {
    const world = await makeWorld('fill', [1]);
    const { moduleId, groupId } = world;
    const like = await makeServer({ moduleId, groupId, groupPosition: 1, maxAccounts: 0 });
    const { id: _, name, ...rest } = like;
    await db.server.createMany({
      data: Array.from({ length: count }, (_, at) => ({
        ...rest,
        name: `${name}-${at}`,
        hostname: `${at}.${rest.hostname}`,
        credentials: {},
        timeouts: {},
        tlsTrust: {},
      })),
    });
    const run = await order(world);
    await selectServer(run);
    const { others, total, counts, more } = await reasonOf(run.operationId);
    expect({ shown: others.length, total, counts, more }).toEqual({
      shown: 50,
      total: 251,
      counts: { full: 250 },
      more: isMore,
    });
  });

  it('a product without a group may go to every server of its module, and to no other module’s', async () => {
    const world = await makeWorld('fill', [1]);
    const stranger = await makeServer();
    await db.product.update({ where: { id: world.productId }, data: { serverGroupId: null } });
    await selectServer(await order(world));
    const second = await order(world);
    expect(await selectServer(second)).toMatchObject({ next: 'stop', why: 'no-room' });
    expect((await db.server.findUniqueOrThrow({ where: { id: stranger.id } })).accountCount).toBe(0);
  });

  it('accounts on the panel that we do not know take room too', async () => {
    const world = await makeWorld('fill', [10]);
    await db.server.update({ where: { id: world.serverIds[0] ?? '' }, data: { unknownCount: 9 } });
    expect(await selectServer(await order(world))).toEqual({ next: 'go-on' });
    expect(await selectServer(await order(world))).toMatchObject({ why: 'no-room' });
  });
});

describe('a slot', () => {
  it('is taken once, however often the step runs', async () => {
    const world = await makeWorld('fill', [10]);
    const run = await order(world);
    for (let i = 0; i < 3; i++) expect(await selectServer(run)).toEqual({ next: 'go-on' });
    expect(await countersMatch(world)).toEqual([1]);
  });

  it('is given back once, and the longest waiting order is due', async () => {
    const world = await makeWorld('fill', [1]);
    const first = await order(world);
    await selectServer(first);
    const waiting = await order(world);
    await selectServer(waiting);
    const later = await order(world);
    await selectServer(later);
    const placement = await db.placement.findFirstOrThrow({ where: { operationId: first.operationId } });
    const released = await Promise.all(
      [1, 2, 3].map(() => inTransaction((tx) => releasePlacement(tx, placement.id, 'test'))),
    );
    expect(released.filter(Boolean)).toHaveLength(1);
    expect(await countersMatch(world)).toEqual([0]);
    const due = await db.operation.findMany({
      where: { state: 'WAITING', nextTryAt: { lte: new Date(Date.now() + 1000) } },
    });
    expect(due.map((operation) => operation.id)).toEqual([waiting.operationId]);
  });

  it('another run of the same dispatch gets nothing', async () => {
    const world = await makeWorld('fill', [10]);
    const run = await order(world);
    await selectServer(run);
    expect(await selectServer({ ...run, runId: 'somebody-else' })).toMatchObject({ next: 'stop' });
    expect(await selectServer({ ...run, dispatch: 2 })).toMatchObject({ next: 'stop' });
    expect(await countersMatch(world)).toEqual([1]);
  });
});
