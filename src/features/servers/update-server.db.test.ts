import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { clearAudit } from '@/lib/testing/clear-audit';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { openStoredSettings } from './connection-settings';
import { getServerDetail } from './queries';
import { updateServerInput } from './schema';
import { updateServer } from './update-server';

const ctx = systemContext('test');
const world = {} as { here: Simulator; there: Simulator; id: string; moduleId: string; productId: string };

beforeAll(async () => {
  world.here = await startSimulator(pickaxeSimulator);
  world.there = await startSimulator(pickaxeSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = [world.here, world.there].map(({ url }) => new URL(url).port).join(',');
});
afterAll(() => Promise.all([world.here.stop(), world.there.stop()]));
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  await clearAudit();
  for (const panel of [world.here, world.there]) for (const { id } of panel.state().accounts) panel.remove(id);
  world.moduleId = (await makeServerModule({ slug: 'pickaxe' })).id;
  const { apiUrl, nodeId } = world.here.credentials as { apiUrl: string; nodeId: string };
  const config = world.here.credentials;
  world.id = (await makeServer({ moduleId: world.moduleId, config, open: { apiUrl, nodeId }, maxAccounts: 1 })).id;
  world.productId = (await makeProduct({ moduleId: world.moduleId })).id;
});

const kept = () => ({ ...world.here.credentials, apiKey: '' });
const moved = () => ({ ...world.there.credentials });
const update = (change: object = {}) =>
  updateServer(
    ctx,
    updateServerInput.parse({
      id: world.id,
      name: 'Oak',
      hostname: 'oak.example.com',
      ipAddress: '192.0.2.7',
      type: 'GAME',
      config: kept(),
      ...change,
    }),
  );
const stored = async () => openStoredSettings(await db.server.findUniqueOrThrow({ where: { id: world.id } }));

/** A service here whose account stands on this panel, with our id or with somebody else's. */
async function serviceOn(panel: Simulator, externalId?: string) {
  const id = uuidv7();
  const account = panel.plant({ externalId: externalId ?? id });
  await makeService({ id, productId: world.productId, serverId: world.id, status: 'ACTIVE', remoteId: account.id });
}

describe('changing a server', () => {
  it('keeps a secret that was left empty, takes a new one, and writes down neither', async () => {
    await update();
    expect((await stored()).apiKey).toBe(world.here.credentials.apiKey);
    await update({ config: { ...kept(), apiKey: 'planted-new-key' }, tags: ['nvme'] });
    expect((await stored()).apiKey).toBe('planted-new-key');
    const audit = await db.auditEntry.findMany({ where: { targetId: world.id } });
    expect(audit.map(({ action }) => action)).toEqual(['server.update', 'server.update']);
    expect(JSON.stringify(audit)).not.toMatch(/planted-new-key/);
    expect(await getServerDetail(world.id)).toMatchObject({ name: 'Oak', tags: ['nvme'], kept: ['apiKey'] });
  });

  it('does not send a stored secret to another host, and takes one given again', async () => {
    await expect(update({ config: { ...moved(), apiKey: '' } })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      issues: [{ path: ['config', 'apiKey'] }],
    });
    await update({ config: moved() });
    expect((await stored()).apiUrl).toBe(moved().apiUrl);
  });

  it('accepts another address when our accounts stand there, and nothing else', async () => {
    await serviceOn(world.there);
    await update({ config: moved() });
    expect((await stored()).apiUrl).toBe(moved().apiUrl);
  });

  it.each([
    ['is not there', () => serviceOn(world.here)],
    ['is not ours', () => serviceOn(world.there, uuidv7())],
  ])('refuses another address where an account %s, unless somebody says why', async (_what, prepare) => {
    await prepare();
    await expect(update({ config: moved() })).rejects.toMatchObject({
      code: 'CONFLICT',
      issues: [{ path: ['overrideReason'] }],
    });
    expect((await stored()).apiUrl).toBe(world.here.credentials.apiUrl);
    await update({ config: moved(), overrideReason: 'restored from backup' });
    expect((await stored()).apiUrl).toBe(moved().apiUrl);
    expect(await db.auditEntry.findFirst({ where: { targetId: world.id } })).toMatchObject({
      reason: 'restored from backup',
    });
  });

  it('asks for the same proof when only the node changes, and for none when only the key does', async () => {
    await serviceOn(world.there);
    await update({ config: { ...kept(), apiKey: 'another-key' } });
    await expect(update({ config: { ...world.here.credentials, nodeId: 'node-9' } })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('lets waiting orders go on when the limit is raised', async () => {
    const service = await makeService({ productId: world.productId });
    const nextTryAt = new Date(Date.now() + 3_600_000);
    const { id } = await makeOperation({
      serviceId: service.id,
      state: 'WAITING',
      reason: { code: 'no-room' },
      nextTryAt,
    });
    await db.server.update({ where: { id: world.id }, data: { accountCount: 1 } });
    const due = async () => (await db.operation.findUniqueOrThrow({ where: { id } })).nextTryAt?.getTime() ?? 0;
    await update({ maxAccounts: 1 });
    expect(await due()).toBe(nextTryAt.getTime());
    await update({ maxAccounts: 2 });
    expect(await due()).toBeLessThan(nextTryAt.getTime());
  });

  it('lets as many orders go on as there are more calls at one time', async () => {
    const waiting = () =>
      makeService({ productId: world.productId }).then((service) =>
        makeOperation({
          serviceId: service.id,
          state: 'WAITING',
          reason: { code: 'waiting-for-slot', server: { id: world.id, name: 'Oak' } },
          nextTryAt: new Date(Date.now() + 120_000),
        }),
      );
    const [first, second, third] = [await waiting(), await waiting(), await waiting()].map(({ id }) => id);
    const stateOf = async (id = '') => (await db.operation.findUniqueOrThrow({ where: { id } })).state;
    await update({ maxParallel: 4 });
    expect(await stateOf(first)).toBe('WAITING');
    await update({ maxParallel: 6 });
    expect([await stateOf(first), await stateOf(second), await stateOf(third)]).toEqual([
      'QUEUED',
      'QUEUED',
      'WAITING',
    ]);
  });

  it('names the field that is wrong and changes nothing', async () => {
    await makeServer({ moduleId: world.moduleId, name: 'Birch' });
    await expect(update({ name: 'Birch' })).rejects.toMatchObject({ issues: [{ path: ['name'] }] });
    await expect(update({ groupId: uuidv7() })).rejects.toMatchObject({ issues: [{ path: ['groupId'] }] });
    await expect(update({ config: { ...kept(), nodeId: '' } })).rejects.toMatchObject({
      issues: [{ path: ['config', 'nodeId'] }],
    });
    await expect(update({ id: uuidv7() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(() => updateServerInput.parse({ accountCount: 3 })).toThrow();
    expect(await db.auditEntry.count({ where: { targetId: world.id } })).toBe(0);
  });
});
