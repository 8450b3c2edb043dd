import { beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { disableServer } from './disable-server';
import { enableServer } from './enable-server';
import { holdByStaff } from './hold-by-staff';
import { getServerDetail, listServers } from './queries';
import { releaseByStaff } from './release-by-staff';
import { removeServer } from './remove-server';
import { serverFilter, serverReasonInput } from './schema';
import { setMaintenance } from './set-maintenance';

const ctx = systemContext('test');
const reason = 'new disks';
const world = { id: '', productId: '' };
const later = new Date(Date.now() + 3_600_000);

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  await clearAudit();
  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe' });
  const config = { apiUrl: 'https://a.example', apiKey: 'planted', nodeId: 'n' };
  world.id = (await makeServer({ moduleId, name: 'Oak', config, maxAccounts: 5 })).id;
  world.productId = (await makeProduct({ moduleId })).id;
});

const server = () => db.server.findUniqueOrThrow({ where: { id: world.id } });
const actions = async () =>
  (await db.auditEntry.findMany({ where: { targetId: world.id }, orderBy: { at: 'asc' } })).map(({ action }) => action);

/** An operation that waits for this server, or for any room; answers whether it was made due. */
async function waiting(code: 'server-not-ready' | 'server-held' | 'no-room') {
  const service = await makeService({ productId: world.productId });
  const where = {
    id: (
      await makeOperation({
        serviceId: service.id,
        state: 'WAITING',
        reason: { code, server: { id: world.id, name: 'Oak' } },
        nextTryAt: later,
      })
    ).id,
  };
  return async () => ((await db.operation.findUniqueOrThrow({ where })).nextTryAt?.getTime() ?? 0) < later.getTime();
}

describe('taking a server out of work and back', () => {
  it('maintenance: on once, off again, and waiting orders go on', async () => {
    const woken = await waiting('no-room');
    await setMaintenance(ctx, { id: world.id, on: true, reason });
    await setMaintenance(ctx, { id: world.id, on: true });
    expect([(await server()).status, await woken()]).toEqual(['MAINTENANCE', false]);
    await setMaintenance(ctx, { id: world.id, on: false });
    expect([(await server()).status, await woken()]).toEqual(['ACTIVE', true]);
    expect(await actions()).toEqual(['server.maintenance', 'server.maintenance']);
  });

  it('off and on', async () => {
    const woken = await waiting('server-not-ready');
    await disableServer(ctx, { id: world.id, reason });
    expect([(await server()).isDisabled, await woken()]).toEqual([true, false]);
    await enableServer(ctx, { id: world.id });
    expect([(await server()).isDisabled, await woken()]).toEqual([false, true]);
    expect(await actions()).toEqual(['server.disable', 'server.enable']);
  });

  it('a hold of staff is ended by staff alone', async () => {
    const woken = await waiting('server-held');
    await holdByStaff(ctx, { id: world.id, reason });
    expect(await server()).toMatchObject({ heldKind: 'staff', heldReason: reason, nextProbeAt: null });
    await expect(holdByStaff(ctx, { id: world.id, reason })).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await releaseByStaff(ctx, { id: world.id, reason: 'disks are in' });
    expect([(await server()).heldAt, await woken()]).toEqual([null, true]);
    await expect(releaseByStaff(ctx, { id: world.id, reason })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('asks for a reason and for a server that is there', async () => {
    expect(() => serverReasonInput.parse({ id: world.id, reason: ' x ' })).toThrow(/Say why/);
    await expect(disableServer(ctx, { id: uuidv7(), reason })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('removing a server', () => {
  it('archives an empty one: out of the lists, its settings erased, nothing to change any more', async () => {
    await holdByStaff(ctx, { id: world.id, reason });
    await removeServer(ctx, { id: world.id, reason });
    expect(await server()).toMatchObject({
      credentials: {},
      tlsTrust: null,
      groupId: null,
      heldAt: null,
      archivedAt: expect.any(Date),
    });
    expect((await listServers(serverFilter.parse({}))).items).toEqual([]);
    expect((await listServers(serverFilter.parse({ archived: true }))).items).toMatchObject([
      { archived: true, settings: {} },
    ]);
    expect(await getServerDetail(world.id)).toMatchObject({ kept: [], archived: true });
    for (const act of [removeServer, disableServer, holdByStaff])
      await expect(act(ctx, { id: world.id, reason })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('is refused while services live there, saying how many', async () => {
    for (const status of ['ACTIVE', 'SUSPENDED', 'TERMINATED'] as const)
      await makeService({ productId: world.productId, serverId: world.id, status });
    await expect(removeServer(ctx, { id: world.id, reason })).rejects.toThrow(/2 services live on it/);
    expect((await server()).archivedAt).toBeNull();
    expect(await actions()).toEqual([]);
  });

  it('is refused while a place is held for an order', async () => {
    const service = await makeService({ productId: world.productId });
    await db.placement.create({ data: { serviceId: service.id, serverId: world.id, reason: {} } });
    await expect(removeServer(ctx, { id: world.id, reason })).rejects.toThrow(/1 place is held/);
    await db.placement.updateMany({ data: { releasedAt: new Date() } });
    await removeServer(ctx, { id: world.id, reason });
  });
});

describe('the list of servers', () => {
  it('finds the full, the held and the switched off', async () => {
    const { moduleId } = await server();
    const full = await makeServer({ moduleId, maxAccounts: 3, accountCount: 2, unknownCount: 1 });
    await makeServer({ moduleId, maxAccounts: null, accountCount: 900 });
    const off = await makeServer({ moduleId, isDisabled: true });
    await holdByStaff(ctx, { id: world.id, reason });
    const found = async (state: string) => (await listServers(serverFilter.parse({ state }))).items.map(({ id }) => id);
    expect([await found('full'), await found('held'), await found('disabled')]).toEqual([
      [full.id],
      [world.id],
      [off.id],
    ]);
  });

  it('tells the last check and what is running', async () => {
    const checks = [
      { at: new Date(1000), ok: false, latencyMs: 9 },
      { at: new Date(2000), ok: true, latencyMs: 42 },
    ];
    await db.serverCheck.createMany({ data: checks.map((check) => ({ serverId: world.id, ...check })) });
    expect((await listServers(serverFilter.parse({}))).items).toMatchObject([
      { running: 0, lastCheck: { ok: true, latencyMs: 42 } },
    ]);
  });
});
