import { beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { checkHandPicked } from './hand-picked';
import { selectServer } from './select-server';

const actorOf = (role: 'ADMIN' | 'SUPPORT'): Ctx => ({
  actor: { type: 'user', id: 'u', name: 'Ada', role, customerId: null },
  address: null,
  requestId: 'r',
});

async function makeWorld() {
  const { id: moduleId } = await makeServerModule();
  const { id: groupId } = await makeServerGroup();
  const product = await makeProduct({ moduleId, serverGroupId: groupId });
  const empty = await makeServer({ name: 'empty', moduleId, groupId, maxAccounts: 10 });
  const full = await makeServer({ name: 'full', moduleId, groupId, maxAccounts: 3, accountCount: 3 });
  return { moduleId, groupId, product, empty, full };
}

async function order(productId: string, serverId: string, overrideReason: string | null) {
  const service = await makeService({ productId });
  const input = { handPicked: { serverId, by: 'Ada', overrideReason } };
  const operation = await makeOperation({ serviceId: service.id, input });
  const end = await selectServer({ operationId: operation.id, dispatch: 1, runId: 'r' });
  const placement = await db.placement.findFirst({ where: { serviceId: service.id } });
  return { end, placement, operation: await db.operation.findUniqueOrThrow({ where: { id: operation.id } }) };
}

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
});

describe('a server chosen by hand', () => {
  it('gets the order although the rule would choose another, and the reason says who chose', async () => {
    const { product, empty, moduleId, groupId } = await makeWorld();
    const fuller = await makeServer({ name: 'fuller', moduleId, groupId, accountCount: 5 });
    const { placement } = await order(product.id, fuller.id, null);
    expect(placement?.serverId).toBe(fuller.id);
    expect(placement?.reason).toMatchObject({
      byHand: { by: 'Ada', overrideReason: null },
      total: 3,
      counts: { 'by-hand': 1, full: 1 },
    });
    expect((await db.server.findUniqueOrThrow({ where: { id: empty.id } })).accountCount).toBe(0);
  });

  it('keeps its limit: the order waits for it, also while others have room', async () => {
    const { product, full } = await makeWorld();
    const { end, operation, placement } = await order(product.id, full.id, null);
    expect(end).toMatchObject({ next: 'stop', why: 'no-room' });
    expect(operation.reason).toMatchObject({ code: 'no-room', others: [{ server: 'full', why: 'full' }], total: 1 });
    expect(placement).toBeNull();
  });

  it('goes over its limit when an administrator said why', async () => {
    const { product, full } = await makeWorld();
    const { placement } = await order(product.id, full.id, 'Moves in tomorrow.');
    expect(placement?.reason).toMatchObject({
      byHand: { overrideReason: 'Moves in tomorrow.' },
      winner: { used: 4, limit: 3 },
    });
    expect((await db.server.findUniqueOrThrow({ where: { id: full.id } })).accountCount).toBe(4);
  });

  it('is not forced open: one in maintenance gets no order, whatever the reason', async () => {
    const { product, full } = await makeWorld();
    await db.server.update({ where: { id: full.id }, data: { status: 'MAINTENANCE' } });
    const { operation } = await order(product.id, full.id, 'Please.');
    expect(operation.reason).toMatchObject({ code: 'no-room', others: [{ why: 'maintenance' }] });
  });
});

describe('what may be chosen', () => {
  const check = (
    ctx: Ctx,
    product: Parameters<typeof checkHandPicked>[2],
    asked: Parameters<typeof checkHandPicked>[3],
  ) => inTransaction((tx) => checkHandPicked(tx, ctx, product, asked));

  it('only an administrator overrides a limit, and only with a server', async () => {
    const { product, full } = await makeWorld();
    const asked = { serverId: full.id, overrideReason: 'because' };
    await expect(check(actorOf('SUPPORT'), product, asked)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await check(actorOf('ADMIN'), product, asked)).toEqual({
      serverId: full.id,
      by: 'Ada',
      overrideReason: 'because',
    });
    await expect(check(actorOf('ADMIN'), product, { overrideReason: 'because' })).rejects.toMatchObject({
      issues: [{ path: ['overrideReason'] }],
    });
    expect(await check(actorOf('SUPPORT'), product, {})).toBeNull();
  });

  it.each([
    ['of another group', {}, { groupId: null }, 'is not in the group'],
    ['of another module', {}, {}, 'another kind of panel'],
    ['without a tag that is asked for', { requiredTags: ['nvme'] }, {}, 'lacks what this product asks for: nvme'],
    ['of another type', { requiredType: 'VPS' as const }, {}, 'is of the type GAME'],
    ['that was removed', {}, { archivedAt: new Date() }, 'no such server'],
  ])('refuses a server %s', async (what, asks, change, words) => {
    const { product, empty } = await makeWorld();
    const { id: otherModule } = await makeServerModule();
    const moduleId = what === 'of another module' ? { moduleId: otherModule } : {};
    await db.server.update({ where: { id: empty.id }, data: { ...change, ...moduleId } });
    await expect(check(actorOf('ADMIN'), { ...product, ...asks }, { serverId: empty.id })).rejects.toThrow(words);
  });
});
