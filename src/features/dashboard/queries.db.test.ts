import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { makeService } from '../../../prisma/factories/service';
import { recordHeartbeat } from '../health/record-heartbeat';
import { getDashboard } from './queries';

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "Server", "ServerGroup", "ServerModule", "EmailMessage", "Heartbeat" CASCADE`;
  await recordHeartbeat('executor');
});

const kinds = async () => (await getDashboard()).attention.map(({ kind }) => kind);

describe('the dashboard', () => {
  it('of an empty installation shows what is still to do and no trouble but the missing mail server', async () => {
    const dashboard = await getDashboard();
    expect(dashboard).toMatchObject({
      counts: { waiting: 0, running: 0, failed: 0, unknown: 0, held: 0 },
      medianSecondsToActive: null,
      firstRun: { server: false, group: false, product: false, service: false },
    });
    expect(dashboard.attention).toMatchObject([{ kind: 'no-mail-server', data: { waiting: 0 } }]);
  });

  it('counts operations by what they do, each once', async () => {
    for (const state of ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN', 'FAILED', 'SUCCEEDED'] as const)
      await makeOperation({ state });
    const { counts, firstRun } = await getDashboard();
    expect(counts).toEqual({ running: 2, waiting: 1, unknown: 1, failed: 1, held: 0 });
    expect(firstRun).toEqual({ server: false, group: false, product: true, service: true });
  });

  it('names what needs a person', async () => {
    const server = await makeServer({ heldAt: new Date(), heldKind: 'auth', heldReason: 'key refused' });
    const service = await makeService({ domain: 'play.example.com' });
    const failed = await makeOperation({
      serviceId: service.id,
      state: 'FAILED',
      reason: { code: 'cancelled', by: 'Ada' },
    });
    const mail = {
      template: 'welcome',
      to: 'a@example.com',
      subject: 's',
      messageId: '<1@x>',
      state: 'FAILED',
    } as const;
    await db.emailMessage.create({ data: { ...mail, lastError: 'no such user' } });
    const { attention, counts } = await getDashboard();
    expect(attention).toMatchObject([
      { kind: 'no-mail-server' },
      { kind: 'server-held', id: server.id, title: server.name, data: { kind: 'auth', words: 'key refused' } },
      { kind: 'operation-failed', id: failed.id, title: 'play.example.com', data: { reason: { code: 'cancelled' } } },
      { kind: 'mail-unsent', title: 'a@example.com', data: { words: 'no such user' } },
    ]);
    expect(counts.held).toBe(1);
  });

  it('names groups that are sold from and have hardly any place left', async () => {
    const [full, calm, unsold] = [
      await makeServerGroup({ name: 'Full' }),
      await makeServerGroup({ name: 'Calm' }),
      await makeServerGroup({ name: 'Unsold' }),
    ];
    const { moduleId } = await makeServer({ groupId: full.id, maxAccounts: 20, accountCount: 17 });
    await makeServer({ moduleId, groupId: calm.id, maxAccounts: 20, accountCount: 16 });
    await makeServer({ moduleId, groupId: unsold.id, maxAccounts: 5, accountCount: 5 });
    for (const { id } of [full, calm]) await makeProduct({ moduleId, serverGroupId: id });
    const found = (await getDashboard()).attention.filter(({ kind }) => kind === 'group-full');
    expect(found).toMatchObject([{ id: full.id, title: 'Full', data: { free: 3, used: 17, capacity: 20 } }]);
  });

  it('puts operations into the hour they were asked for, 24 of them, the last one now', async () => {
    const hour = 3600_000;
    const at = (ago: number) => new Date(Date.now() - ago * hour);
    await makeOperation({ state: 'SUCCEEDED', createdAt: at(2) });
    await makeOperation({ state: 'FAILED', createdAt: at(2) });
    await makeOperation({ state: 'WAITING', createdAt: at(0) });
    await makeOperation({ state: 'SUCCEEDED', createdAt: at(25) });
    const { last24h } = await getDashboard();
    const start = new Date(Math.floor(Date.now() / hour) * hour);
    expect(last24h).toHaveLength(24);
    expect(last24h.at(-1)).toEqual({
      hour: start.toISOString().replace('.000', ''),
      succeeded: 0,
      failed: 0,
      other: 1,
    });
    expect(last24h.at(-3)).toMatchObject({ succeeded: 1, failed: 1, other: 0 });
    expect(last24h.reduce((sum, { succeeded }) => sum + succeeded, 0)).toBe(1);
  });

  it('takes the middle of the times until a service was active', async () => {
    const { customerId, productId } = await makeService();
    const server = await makeServer();
    for (const seconds of [10, 20, 600]) {
      const createdAt = new Date(Date.now() - 3600_000);
      const activatedAt = new Date(createdAt.getTime() + seconds * 1000);
      await makeService({ customerId, productId, serverId: server.id, status: 'ACTIVE', createdAt, activatedAt });
    }
    expect((await getDashboard()).medianSecondsToActive).toBe(20);
  });

  it('counts each server once, archived ones not at all', async () => {
    const { moduleId } = await makeServer();
    await makeServer({ moduleId, status: 'OFFLINE' });
    await makeServer({ moduleId, status: 'MAINTENANCE' });
    await makeServer({ moduleId, status: 'OFFLINE', isDisabled: true, heldAt: new Date() });
    await makeServer({ moduleId, heldAt: new Date() });
    await makeServer({ moduleId, archivedAt: new Date() });
    const counts = { active: 1, offline: 1, maintenance: 1, disabled: 1, held: 1 };
    expect((await getDashboard()).serversByState).toEqual(counts);
  });

  it('shows the room of each group, null where there is no limit', async () => {
    const [small, open] = [await makeServerGroup({ name: 'Small' }), await makeServerGroup({ name: 'Open' })];
    const { moduleId } = await makeServer({ groupId: small.id, maxAccounts: 8, accountCount: 3 });
    await makeServer({ moduleId, groupId: small.id, maxAccounts: 4, heldAt: new Date() });
    await makeServer({ moduleId, groupId: open.id, maxAccounts: null });
    await makeServerGroup({ name: 'Empty' });
    const groups = Object.fromEntries(
      (await getDashboard()).groups.map(({ name, used, capacity, free }) => [name, { used, capacity, free }]),
    );
    expect(groups).toEqual({
      Small: { used: 3, capacity: 12, free: 5 },
      Open: { used: 0, capacity: null, free: null },
      Empty: { used: 0, capacity: 0, free: 0 },
    });
  });

  it('does not call an executor silent that had no time to speak yet', async () => {
    await db.heartbeat.deleteMany();
    expect(await kinds()).toEqual(['no-mail-server']);
  });
});
