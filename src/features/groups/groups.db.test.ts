import { beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { orderServers } from './order-servers';
import { getGroup, listGroups } from './queries';
import { readCapacity } from './read-capacity';
import { removeGroup } from './remove-group';
import { updateGroup } from './update-group';

const ctx = systemContext('test');
const DAY_MS = 86_400_000;

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  await clearAudit();
});

async function makeMembers(limits: (number | null)[], used = 0) {
  const { id: moduleId } = await makeServerModule();
  const group = await makeServerGroup();
  const servers = [];
  for (const [groupPosition, maxAccounts] of limits.entries()) {
    servers.push(await makeServer({ moduleId, groupId: group.id, maxAccounts, groupPosition, accountCount: used }));
  }
  return { moduleId, group, servers };
}

describe('changing a group', () => {
  it('changes name and rule, and writes down what was before', async () => {
    const group = await makeServerGroup({ name: 'Games', fillType: 'fill' });
    await updateGroup(ctx, { id: group.id, name: 'Game servers', fillType: 'pack' });
    expect(await db.serverGroup.findUniqueOrThrow({ where: { id: group.id } })).toMatchObject({
      name: 'Game servers',
      fillType: 'pack',
    });
    expect(await db.auditEntry.findFirstOrThrow()).toMatchObject({
      action: 'group.update',
      before: { name: 'Games', fillType: 'fill' },
      after: { name: 'Game servers', fillType: 'pack' },
    });
  });

  it('refuses a name that another group has, and changes nothing', async () => {
    await makeServerGroup({ name: 'Web' });
    const group = await makeServerGroup({ name: 'Games' });
    await expect(updateGroup(ctx, { id: group.id, name: 'Web', fillType: 'pack' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      issues: [{ path: ['name'] }],
    });
    expect((await db.serverGroup.findUniqueOrThrow({ where: { id: group.id } })).fillType).toBe('fill');
  });

  it('a change that changes nothing leaves no trace', async () => {
    const group = await makeServerGroup();
    await updateGroup(ctx, { id: group.id, fillType: 'fill' });
    expect(await db.auditEntry.count()).toBe(0);
  });
});

describe('removing a group', () => {
  it('is refused while servers or products belong to it, with how many', async () => {
    const { group, moduleId } = await makeMembers([1, 2]);
    await makeProduct({ moduleId, serverGroupId: group.id });
    await expect(removeGroup(ctx, { id: group.id })).rejects.toThrow('2 servers and 1 product belong to it');
    expect(await db.serverGroup.count()).toBe(1);
  });

  it('removes an empty one; servers that were removed before only forget it', async () => {
    const { group, servers } = await makeMembers([1]);
    await db.server.updateMany({ data: { archivedAt: new Date() } });
    await removeGroup(ctx, { id: group.id });
    expect(await db.serverGroup.count()).toBe(0);
    expect((await db.server.findUniqueOrThrow({ where: { id: servers[0]?.id ?? '' } })).groupId).toBeNull();
    expect(await db.auditEntry.findFirstOrThrow()).toMatchObject({ action: 'group.remove', targetId: group.id });
  });
});

describe('the order of servers', () => {
  it('is kept as given', async () => {
    const { group, servers } = await makeMembers([1, 1, 1]);
    const ids = servers.map(({ id }) => id).reverse();
    await orderServers(ctx, { id: group.id, serverIds: ids });
    expect((await getGroup(group.id)).members.map(({ id }) => id)).toEqual(ids);
    expect(await db.auditEntry.count({ where: { action: 'group.order' } })).toBe(1);
  });

  it.each(['too short', 'doubled', 'with a stranger'])('is refused when the list is %s', async (how) => {
    const { group, servers, moduleId } = await makeMembers([1, 1]);
    const [first = '', second = ''] = servers.map(({ id }) => id);
    const stranger = await makeServer({ moduleId });
    const lists = { 'too short': [second], doubled: [second, second], 'with a stranger': [second, stranger.id] };
    const serverIds = lists[how as keyof typeof lists];
    await expect(orderServers(ctx, { id: group.id, serverIds })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getGroup(group.id)).members.map(({ id }) => id)).toEqual([first, second]);
  });
});

describe('capacity', () => {
  const now = new Date();

  async function place(serverId: string, productId: string, daysAgo: number, releasedDaysAgo?: number) {
    const service = await makeService({ productId });
    const at = (days: number) => new Date(now.getTime() - days * DAY_MS);
    const releasedAt = releasedDaysAgo === undefined ? null : at(releasedDaysAgo);
    const data = { serviceId: service.id, serverId, reason: {}, createdAt: at(daysAgo), releasedAt };
    await db.placement.create({ data });
  }

  it('counts unknown accounts as used, and only servers that take new ones as free', async () => {
    const { group, servers } = await makeMembers([10, 10, 10], 3);
    await db.server.update({ where: { id: servers[0]?.id ?? '' }, data: { unknownCount: 2 } });
    await db.server.update({ where: { id: servers[1]?.id ?? '' }, data: { status: 'MAINTENANCE' } });
    expect(await readCapacity(group.id)).toMatchObject({ used: 11, limit: 30, free: 12, fullAt: null });
    const [item] = (await listGroups({ limit: 10 })).items;
    expect(item).toMatchObject({ servers: 3, products: 0, used: 11, capacity: 30, free: 12 });
  });

  it('has no end where a server has no limit', async () => {
    const { group } = await makeMembers([10, null]);
    expect(await readCapacity(group.id)).toMatchObject({ limit: null, free: null, fullAt: null });
  });

  it('forecasts from the days since its first order, at most the last 30: placed less ended', async () => {
    const { group, servers, moduleId } = await makeMembers([20], 10);
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: group.id });
    const serverId = servers[0]?.id ?? '';
    for (const daysAgo of [9.5, 5, 4, 3, 2]) await place(serverId, productId, daysAgo);
    await place(serverId, productId, 9, 1);
    const capacity = await readCapacity(group.id, now);
    // 6 placed and 1 ended within 10 days: 0.5 a day, 10 free, 20 days.
    expect(capacity).toMatchObject({ growth: 5, perDay: 0.5, free: 10 });
    expect(capacity.fullAt).toBe(new Date(now.getTime() + 20 * DAY_MS).toISOString());
  });

  it('counts all 30 days for a group that is older', async () => {
    const { group, servers, moduleId } = await makeMembers([20], 10);
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: group.id });
    for (const daysAgo of [60, 3, 2, 1]) await place(servers[0]?.id ?? '', productId, daysAgo);
    expect(await readCapacity(group.id, now)).toMatchObject({ growth: 3, perDay: 0.1, tooNew: false });
  });

  it('tells no day in the first week', async () => {
    const { group, servers, moduleId } = await makeMembers([20], 10);
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: group.id });
    for (const daysAgo of [2, 1, 0.1]) await place(servers[0]?.id ?? '', productId, daysAgo);
    expect(await readCapacity(group.id, now)).toMatchObject({ growth: 3, tooNew: true, fullAt: null });
  });

  it('says how many orders wait for room', async () => {
    const { group, moduleId } = await makeMembers([0]);
    const { id: productId } = await makeProduct({ moduleId, serverGroupId: group.id });
    const service = await makeService({ productId });
    const reason = { code: 'no-room', group: group.name, others: [], total: 1 };
    await makeOperation({ serviceId: service.id, state: 'WAITING', reason });
    expect((await readCapacity(group.id)).waiting).toBe(1);
  });
});
