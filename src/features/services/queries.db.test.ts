import { beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/context';
import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeServer } from '../../../prisma/factories/server';
import { makeService } from '../../../prisma/factories/service';
import { getMyService } from './my-service';
import { getService, getServiceItem, listServices } from './queries';
import { serviceFilter } from './schema';

const staff: Ctx = {
  actor: { type: 'user', id: 'u', name: 'Ada', role: 'SUPPORT', customerId: null },
  address: null,
  requestId: 'r',
};
const asCustomer = (customerId: string | null): Ctx => ({
  ...staff,
  actor: { type: 'user', id: 'c', name: 'Cem', role: 'CUSTOMER', customerId },
});
const list = (input: object, ctx = staff) => listServices(ctx, serviceFilter.parse(input));

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "Server" CASCADE`;
});

describe('the list of services', () => {
  it('shows each service once across pages, newest first, also those of the same moment', async () => {
    const createdAt = new Date('2026-03-01T10:00:00Z');
    const { customerId, productId } = await makeService({ createdAt });
    for (let n = 0; n < 6; n++)
      await makeService({ customerId, productId, createdAt: new Date(createdAt.getTime() + (n % 2)) });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const all = await db.service.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('in the order of usage shows each measured service once across pages, the fullest first, and only one’s own', async () => {
    const server = await makeServer();
    const { customerId, productId } = await makeService();
    const used = [5n, 9n, null, 9n, 1n, 0n, 9n];
    const ids: string[] = [];
    for (const diskUsed of used) {
      const { id } = await makeService({ customerId, productId, serverId: server.id, status: 'ACTIVE' });
      await db.usageLatest.create({
        data: { serviceId: id, serverId: server.id, diskUsed, diskLimit: -1n, bandwidthUsed: 3n, asOf: new Date() },
      });
      ids.push(id);
    }
    const seen: { id: string; used: number | null | undefined }[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await list({ sort: 'disk', limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ id, usage }) => ({ id, used: usage?.disk.used })));
      cursor = page.nextCursor;
    }
    expect(seen.map((item) => item.used)).toEqual([9, 9, 9, 5, 1, 0]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
    expect((await list({ sort: 'transfer', limit: 1 })).items[0]?.usage).toMatchObject({
      disk: { limit: 'none' },
      bandwidth: { used: 3, limit: null },
    });
    expect((await list({ sort: 'disk' }, asCustomer(crypto.randomUUID()))).items).toEqual([]);
    const { nextCursor } = await list({ sort: 'disk', limit: 1 });
    for (const cursor of [nextCursor ?? '', 'nonsense']) {
      await expect(list({ sort: 'transfer', cursor })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });

  it('names the server that an account is being made on, until its place is given back', async () => {
    const server = await makeServer();
    const { id: serviceId } = await makeService();
    const shown = async () => (await list({})).items[0]?.server?.name;
    expect(await shown()).toBeUndefined();
    const { id } = await db.placement.create({ data: { serviceId, serverId: server.id, reason: {} } });
    expect(await shown()).toBe(server.name);
    await db.placement.update({ where: { id }, data: { releasedAt: new Date() } });
    expect(await shown()).toBeUndefined();
  });

  it('finds by part of a name, by customer and by status; % and _ are letters like others', async () => {
    const customer = await makeCustomer({ name: '100% Games' });
    const plain = await makeService({ domain: 'axb.example.com' });
    const odd = await makeService({ domain: 'a_b.example.com', customerId: customer.id, status: 'FAILED' });
    const ids = async (input: object) => (await list(input)).items.map(({ id }) => id);
    expect(await ids({ search: 'A_B' })).toEqual([odd.id]);
    expect(await ids({ search: '100%' })).toEqual([odd.id]);
    expect(await ids({ search: '%' })).toEqual([odd.id]);
    expect(await ids({ status: 'PENDING' })).toEqual([plain.id]);
    expect(await ids({ customerId: customer.id })).toEqual([odd.id]);
    expect(await ids({ search: plain.id })).toEqual([plain.id]);
  });

  it('shows the unfinished operation, or the last one if it failed, and nothing after success', async () => {
    const { id } = await makeService();
    const day = (n: number) => new Date(Date.UTC(2026, 0, n));
    const current = async () => (await list({})).items[0]?.operation;
    expect(await current()).toBeNull();
    await makeOperation({
      serviceId: id,
      state: 'FAILED',
      createdAt: day(1),
      reason: { code: 'cancelled', by: 'Ada' },
    });
    expect(await current()).toMatchObject({
      state: 'FAILED',
      step: 'select-server',
      reason: { code: 'cancelled', by: 'Ada' },
    });
    await makeOperation({ serviceId: id, state: 'WAITING', createdAt: day(2), nextTryAt: day(9) });
    expect(await current()).toMatchObject({ state: 'WAITING', nextTryAt: day(9).toISOString() });
    await db.operation.updateMany({ where: { state: 'WAITING' }, data: { state: 'SUCCEEDED' } });
    expect(await current()).toBeNull();
  });

  it('tells that something was asked and waits for its turn', async () => {
    const { id } = await makeService();
    const isWished = async () => (await list({ search: id })).items[0]?.isWished;
    expect(await isWished()).toBe(false);
    const actor = { type: 'user', id: null, name: 'Ada' };
    const wanted = { status: 'SUSPENDED', version: 1, reason: null, actor };
    await db.service.update({ where: { id }, data: { wanted } });
    expect(await isWished()).toBe(true);
  });

  it('shows customers their own services, without our servers and reasons', async () => {
    const server = await makeServer();
    const mine = await makeService({ serverId: server.id });
    const other = await makeService();
    await makeOperation({ serviceId: mine.id, state: 'FAILED', reason: { code: 'cancelled', by: 'Ada' } });
    const { items } = await list({}, asCustomer(mine.customerId));
    expect(items).toMatchObject([{ id: mine.id, server: null, operation: { state: 'FAILED', reason: null } }]);
    expect((await list({ customerId: other.customerId }, asCustomer(mine.customerId))).items).toEqual([]);
    expect((await list({}, asCustomer(null))).items).toEqual([]);
  });
});

describe('one service', () => {
  it('holds everything but its secrets', async () => {
    const service = await makeService({
      configOptions: [{ optionId: 'ram', quantity: 2048 }],
      additionalData: { port: 25565 },
    });
    const password = await seal('Sehr-Geheim-1', { table: 'Service', id: service.id, column: 'password' });
    const server = await makeServer();
    await db.service.update({ where: { id: service.id }, data: { password, serverId: server.id, status: 'ACTIVE' } });
    await db.placement.create({ data: { serviceId: service.id, serverId: server.id, reason: { rule: 'fill' } } });
    const operation = await makeOperation({ serviceId: service.id, state: 'SUCCEEDED', result: 'sealed-text' });
    await db.operationEvent.create({
      data: { operationId: operation.id, type: 'activated', data: { server: server.name } },
    });
    const call = { operationId: operation.id, serverId: server.id, number: 1, call: 'create', digest: 'd' };
    await db.operationAttempt.create({ data: { ...call, outcome: 'done', endedAt: new Date() } });
    const detail = await getService(staff, service.id);
    expect(detail).toMatchObject({
      passwordKnown: true,
      additionalData: { port: 25565 },
      placement: { server: { id: server.id }, reason: { rule: 'fill' } },
      operations: [
        {
          id: operation.id,
          canRetry: false,
          events: [{ type: 'activated' }],
          attempts: [{ call: 'create', outcome: 'done' }],
        },
      ],
    });
    const text = JSON.stringify(detail);
    expect(text).not.toContain(password);
    expect(text).not.toContain('sealed-text');
  });

  it('is not there for another customer, and a customer sees no operations', async () => {
    const mine = await makeService();
    const other = await makeService();
    await makeOperation({ serviceId: mine.id });
    await expect(getService(asCustomer(mine.customerId), other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await getService(asCustomer(mine.customerId), mine.id)).toMatchObject({ operations: [], placement: null });
  });
});

describe('a service whose work ends while it is read', () => {
  it.each([
    ['one', async (id: string) => getService(staff, id)],
    ['the row', async (id: string) => getServiceItem(staff, id)],
    ['the list', async (id: string) => (await list({})).items.find((item) => item.id === id)],
    ['its customer’s page', async (id: string) => pageOfCustomer(id)],
  ] as const)('%s never shows ended work beside the state before its end', async (_who, read) => {
    const { id: serverId } = await makeServer();
    const { id: serviceId } = await makeService({ serverId });
    const { id } = await makeOperation({ serviceId, state: 'RUNNING' });
    const [locked, reading] = [signal(), signal()];
    const ending = db.$transaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE "Operation" IN ACCESS EXCLUSIVE MODE`;
      locked.give();
      await reading.given;
      await tx.operation.update({ where: { id }, data: { state: 'SUCCEEDED' } });
      await tx.service.update({ where: { id: serviceId }, data: { status: 'ACTIVE' } });
    });
    await locked.given;
    const seen = read(serviceId);
    // It stands before the operations: whatever it reads ahead of them it has read.
    await expect.poll(waiters).toBe(1);
    reading.give();
    await ending;
    expect((await seen)?.status).toBe('ACTIVE');
  });

  function signal() {
    let give = () => {};
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    return { given, give: () => give() };
  }

  async function waiters(): Promise<number> {
    const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM pg_locks
      WHERE NOT granted AND relation = '"Operation"'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    return row?.count ?? 0;
  }

  async function pageOfCustomer(id: string) {
    const { customerId } = await db.service.findUniqueOrThrow({ where: { id } });
    return getMyService(asCustomer(customerId), { id, language: 'en' });
  }
});
