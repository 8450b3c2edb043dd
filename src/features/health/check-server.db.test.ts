import { beforeEach, describe, expect, it } from 'vitest';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { db } from '@/lib/db';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeService } from '../../../prisma/factories/service';
import { checkServer } from './check-server';
import { takeDueChecks } from './take-due-checks';

const world = startPanelWorld();
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "EmailMessage", "Setting"`;
  await clearAudit();
  await db.setting.create({ data: { key: 'staffEmail', value: ['night@games.example'] } });
});

const server = () => db.server.findUniqueOrThrow({ where: { id: world.serverA } });
const check = async () => (await checkServer(world.serverA)).end;
const miss = () => {
  world.a.clearFaults();
  world.a.fault({ op: 'health', fault: 'http500' });
  return check();
};
const succeed = () => {
  world.a.clearFaults();
  return check();
};
const notices = async () =>
  (await db.emailMessage.findMany({ orderBy: { createdAt: 'asc' } })).map(
    ({ data }) => (data as { kind: string }).kind,
  );

it('notes latency, time and version of a server that is well, the version once an hour', async () => {
  expect(await succeed()).toBe('ok');
  expect(await server()).toMatchObject({ status: 'ACTIVE', version: '2.8.1', missCount: 0 });
  expect((await server()).lastCheckedAt).not.toBeNull();
  const calls = world.a.state().calls.length;
  await succeed();
  expect(world.a.state().calls.length).toBe(calls + 1);
  const checks = await db.serverCheck.findMany({ where: { serverId: world.serverA } });
  expect(checks.map(({ ok }) => ok)).toEqual([true, true]);
  expect(checks.every(({ latencyMs }) => latencyMs >= 0)).toBe(true);
});

describe('two misses in a row', () => {
  it('take a server offline and one success brings it back; staff are told of each once', async () => {
    expect(await miss()).toBe('missed');
    expect(await server()).toMatchObject({ status: 'ACTIVE', missCount: 1 });
    await miss();
    expect((await server()).status).toBe('OFFLINE');
    await miss();
    await miss();
    expect(await notices()).toEqual(['server-offline']);
    await succeed();
    expect(await server()).toMatchObject({ status: 'ACTIVE', missCount: 0, drainLimit: 1 });
    await succeed();
    expect(await notices()).toEqual(['server-offline', 'server-online']);
    const actions = (await db.auditEntry.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);
    expect(actions).toEqual(['server.offline', 'server.online']);
  });

  it('counted at the same moment change it once', async () => {
    world.a.fault({ op: 'health', fault: 'http500' });
    await Promise.all([check(), check(), check()]);
    expect(await server()).toMatchObject({ status: 'OFFLINE', missCount: 3 });
    expect(await notices()).toEqual(['server-offline']);
  });

  it('wake what waited for the server when it is back', async () => {
    await miss();
    await miss();
    const { id: serviceId } = await makeService({ productId: world.productId, customerId: world.customerId });
    const reason = { code: 'server-not-ready', server: { id: world.serverA, name: 'A' }, state: 'offline' };
    const nextTryAt = new Date(Date.now() + 3_600_000);
    const waiting = await makeOperation({ serviceId, kind: 'SUSPEND', state: 'WAITING', reason, nextTryAt });
    await succeed();
    const [woken] = await db.$queryRaw<
      { due: boolean }[]
    >`SELECT "nextTryAt" <= now() AS "due" FROM "Operation" WHERE "id" = ${waiting.id}`;
    expect(woken?.due).toBe(true);
  });
});

it('says nothing in an hour of success and miss in turn', async () => {
  for (let minute = 0; minute < 60; minute += 5) await (minute % 2 ? miss() : succeed());
  expect(await notices()).toEqual([]);
  expect(await db.auditEntry.count()).toBe(0);
  expect((await server()).status).toBe('ACTIVE');
  expect(await db.serverCheck.count({ where: { serverId: world.serverA, ok: false } })).toBe(6);
});

it('leaves MAINTENANCE as staff set it', async () => {
  await db.server.update({ where: { id: world.serverA }, data: { status: 'MAINTENANCE' } });
  await miss();
  await miss();
  expect(await server()).toMatchObject({ status: 'MAINTENANCE', missCount: 2 });
  await succeed();
  expect((await server()).status).toBe('MAINTENANCE');
  expect(await notices()).toEqual([]);
});

it('holds a server at once that does not take our login any more', async () => {
  world.a.fault({ op: 'health', fault: 'http401' });
  expect(await check()).toBe('held');
  expect(await server()).toMatchObject({ status: 'ACTIVE', heldKind: 'auth' });
  expect(await notices()).toEqual(['server-held']);
  expect(await check()).toBe('skipped');
});

it('counts settings that cannot be read any more as a miss', async () => {
  await db.server.update({
    where: { id: world.serverA },
    data: { credentials: (await db.server.findUniqueOrThrow({ where: { id: world.serverB } })).credentials as object },
  });
  await expect(check()).resolves.toBe('missed');
  expect(await db.serverCheck.findFirst({ where: { serverId: world.serverA } })).toMatchObject({
    ok: false,
    kind: 'policy',
  });
});

describe('whose check is due', () => {
  const taken = async () => (await takeDueChecks()).map(({ serverId }) => serverId).sort();
  const both = () => [world.serverA, world.serverB].sort();

  it('is said to one caller only, and again after the interval', async () => {
    const turns = await Promise.all([takeDueChecks(), takeDueChecks()]);
    expect(
      turns
        .flat()
        .map(({ serverId }) => serverId)
        .sort(),
    ).toEqual(both());
    expect(await taken()).toEqual([]);
    await db.$executeRaw`UPDATE "Server" SET "nextCheckAt" = "nextCheckAt" - interval '5 minutes'`;
    expect(await taken()).toEqual(both());
  });

  it('spreads many servers over the interval', async () => {
    const { id: _id, ...row } = await server();
    await db.server.createMany({
      data: Array.from({ length: 98 }, () => ({
        ...row,
        id: crypto.randomUUID(),
        credentials: {},
        timeouts: undefined,
        tlsTrust: undefined,
      })),
    });
    expect(await taken()).toHaveLength(25);
  });

  it('is nobody held or switched off', async () => {
    await db.server.update({ where: { id: world.serverA }, data: { heldAt: new Date() } });
    await db.server.update({ where: { id: world.serverB }, data: { isDisabled: true } });
    expect(await taken()).toEqual([]);
  });
});
