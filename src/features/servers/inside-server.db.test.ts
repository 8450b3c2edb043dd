import { beforeEach, describe, expect, it } from 'vitest';
import { checkServer } from '@/features/health/check-server';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { syncServerUsage } from '@/features/usage/sync-server-usage';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { processId } from '@/lib/process-id';
import { makeService } from '../../../prisma/factories/service';
import { insideServer } from './inside-server';
import { probeServers } from './probe-servers';
import { releaseByStaff } from './release-by-staff';

const world = startPanelWorld();
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "EmailMessage", "Setting"`;
  await db.setting.create({ data: { key: 'staffEmail', value: ['night@games.example'] } });
});

const server = (id = world.serverA) => db.server.findUniqueOrThrow({ where: { id } });
const check = async (id = world.serverA) => (await checkServer(id)).end;
const calls = () => world.a.state().calls.length;

/** As a process leaves it that is killed while it asks; `before`: how often that had happened already, in a row. */
const dieInside = (id: string, before = 0, secondsAgo = 0) =>
  db.$executeRaw`UPDATE "Server" SET "stopCount" = ${before}, "insideBy" = 'a process that is gone',
    "insideSince" = now() - make_interval(secs => ${secondsAgo}::float8) WHERE "id" = ${id}`;

describe('a process that died while it asked a server', () => {
  it('is counted while the next one asks, and forgotten when that one lives', async () => {
    await dieInside(world.serverA, 1);
    const meanwhile = await insideServer(world.serverA, () => server());
    expect(meanwhile).toMatchObject({ stopCount: 2, insideBy: processId });
    expect(await server()).toMatchObject({ stopCount: 0, insideBy: null });
  });

  it('is forgotten also when the answer is an error', async () => {
    await dieInside(world.serverA, 1);
    await expect(insideServer(world.serverA, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await server()).toMatchObject({ stopCount: 0, insideBy: null });
  });

  it('a third time in a row holds it until staff release it: no check, no probe, one notice', async () => {
    await dieInside(world.serverA, 2);
    const before = calls();
    expect(await check()).toBe('skipped');
    expect(await server()).toMatchObject({
      heldKind: 'program-stopped',
      heldReason: expect.stringMatching(/three times.*read the log, then release/),
      nextProbeAt: null,
      stopCount: 0,
      insideBy: null,
    });
    expect(await check()).toBe('skipped');
    await probeServers();
    expect(calls()).toBe(before);
    const mails = await db.emailMessage.findMany();
    expect(mails.map(({ data }) => data)).toEqual([
      expect.objectContaining({ kind: 'server-held', errorKind: 'program-stopped', endedBy: 'staff' }),
    ]);
    await releaseByStaff(systemContext('test'), { id: world.serverA, reason: 'Mended.' });
    expect(await check()).toBe('ok');
  });

  it('a third time in a row ends the probes of one that is held already', async () => {
    await db.$executeRaw`UPDATE "Server" SET "heldAt" = now(), "heldKind" = 'busy', "heldReason" = '', "nextProbeAt" = now()
      WHERE "id" = ${world.serverA}`;
    await dieInside(world.serverA, 2);
    await probeServers();
    expect(await server()).toMatchObject({ heldKind: 'program-stopped', nextProbeAt: null });
  });

  it('a third time in a row keeps its usage from being asked; the figures say so', async () => {
    const { serverA: serverId, productId, customerId } = world;
    await makeService({ customerId, productId, serverId, status: 'ACTIVE' });
    await dieInside(serverId, 2);
    const before = calls();
    expect(await syncServerUsage(serverId, 'run')).toEqual({ serverId, end: 'nothing' });
    expect(calls()).toBe(before);
    expect(await db.usageRun.findUniqueOrThrow({ where: { serverId } })).toMatchObject({
      runId: null,
      leaseUntil: null,
    });
    expect((await server()).heldAt).not.toBeNull();
  });
});

it('servers in which a process died are asked one after another, others beside them', async () => {
  await dieInside(world.serverA, 1);
  await dieInside(world.serverB, 0);
  const before = world.b.state().calls.length;
  expect(await check(world.serverB)).toBe('skipped');
  expect(world.b.state().calls).toHaveLength(before);
  expect(await server(world.serverB)).toMatchObject({ stopCount: 1, insideBy: null });
  await dieInside(world.serverA, 1, 121);
  expect(await check(world.serverB)).toBe('ok');
  await dieInside(world.serverA, 1);
  expect(await check(world.serverB)).toBe('ok');
});
