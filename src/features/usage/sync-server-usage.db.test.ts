import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { takeDueServers } from './announce-usage';
import { getUsageHistory } from './queries';
import { syncServerUsage } from './sync-server-usage';
import { line, megabytes, placeServices, startUsagePanel, type UsagePanel } from './testing/usage-panel';

let panel: UsagePanel;
let serverId: string;
let ids: string[];
let runs = 0;
const staff = systemContext('test');

beforeAll(async () => {
  panel = await startUsagePanel();
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = panel.port;
});
afterAll(() => panel.stop());
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer", "EmailMessage", "Setting" CASCADE`;
  Object.assign(panel, { lines: [], delayMs: 0, broken: false, calls: 0, before: async () => {} });
  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe', supportsUsage: true });
  ({ serverId, ids } = await placeServices(panel, moduleId, 4));
});

const run = () => syncServerUsage(serverId, `run-${++runs}`);
const rows = () => db.usageLatest.findMany({ orderBy: { serviceId: 'asc' } });
const row = (index = 0) => db.usageLatest.findUniqueOrThrow({ where: { serviceId: ids[index] ?? '' } });
const days = (index = 0) => getUsageHistory(staff, ids[index] ?? '', 30);
/** As if the newest figures had been read so many days ago. */
const age = (count: number) =>
  db.$executeRaw`UPDATE "UsageLatest" SET "asOf" = "asOf" - make_interval(days => ${count}::int)`;
const dayBefore = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
const runRow = () => db.usageRun.findUniqueOrThrow({ where: { serverId } });
const staffIs = (address: string) => db.setting.create({ data: { key: 'staffEmail', value: [address] } });
const set = (index: number, disk: number, network: number) => {
  panel.lines[index] = line(ids[index] ?? '', `srv-${index + 1}`, disk, network);
};

it('keeps the figures of all accounts from one list, with their age and the day', async () => {
  expect(await run()).toEqual({ serverId, end: 'done', accounts: 4, missing: 0, more: false });
  expect(panel.calls).toBe(1);
  expect(await row()).toMatchObject({
    diskUsed: megabytes(100),
    diskLimit: megabytes(1000),
    bandwidthUsed: megabytes(10),
    bandwidthLimit: -1n,
    memoryUsed: null,
    staleSince: null,
  });
  const disk = Number(megabytes(100));
  expect(await days()).toEqual([{ day: dayBefore(0), disk, diskPeak: disk, transferred: 0 }]);
  const { asOf, startedAt } = await runRow();
  expect((await row()).asOf).toEqual(startedAt);
  expect(asOf).toEqual(startedAt);
  const [read] = await db.$queryRaw<
    { seconds: number }[]
  >`SELECT extract(epoch FROM now() - "asOf")::float8 AS "seconds" FROM "UsageRun"`;
  expect(read?.seconds).toBeLessThan(60);
  expect(read?.seconds).toBeGreaterThanOrEqual(0);
});

it('counts what went over the line, also when the counter begins anew', async () => {
  await run();
  set(0, 120, 25);
  await run();
  set(0, 90, 4);
  await run();
  expect(await days()).toEqual([
    {
      day: dayBefore(0),
      transferred: Number(megabytes(15 + 4)),
      diskPeak: Number(megabytes(120)),
      disk: Number(megabytes(90)),
    },
  ]);
});

it('keeps a day that is over as it was, and begins the next with its first reading', async () => {
  await run();
  set(0, 120, 25);
  await run();
  set(0, 110, 30);
  await run();
  await age(2);
  expect(await db.usageDaily.count()).toBe(0);
  set(0, 90, 32);
  await run();
  set(0, 95, 33);
  await run();
  const size = (count: number) => Number(megabytes(count));
  expect(await days()).toEqual([
    { day: dayBefore(2), disk: size(110), diskPeak: size(120), transferred: size(20) },
    { day: dayBefore(0), disk: size(95), diskPeak: size(95), transferred: size(3) },
  ]);
  expect(await db.usageDaily.count()).toBe(ids.length);
  expect(await getUsageHistory(staff, ids[0] ?? '', 1)).toHaveLength(1);
});

describe('keeps the old figures, marked as old, when', () => {
  beforeEach(async () => {
    await run();
    await staffIs('night@games.example');
  });
  const expectOld = async (problem: string) => {
    const now = await rows();
    expect(now.map(({ diskUsed }) => diskUsed)).toEqual(ids.map(() => megabytes(100)));
    expect(now.every(({ staleSince }) => staleSince !== null)).toBe(true);
    expect(await runRow()).toMatchObject({ problem, leaseUntil: null, staleSince: expect.any(Date) });
  };
  const mails = async () => (await db.emailMessage.findMany()).map(({ subject }) => subject);

  it('the panel fails', async () => {
    panel.broken = true;
    expect(await run()).toMatchObject({ end: 'failed', errorKind: 'busy' });
    await expectOld('failed');
    expect(await mails()).toEqual([]);
  });

  it('the list is empty; staff are told once', async () => {
    panel.lines = [];
    expect(await run()).toMatchObject({ end: 'empty' });
    expect(await run()).toMatchObject({ end: 'empty' });
    await expectOld('empty');
    expect(await mails()).toHaveLength(1);
  });

  it("the list is another server's, with the same names", async () => {
    panel.lines = panel.lines.map((said) => ({
      ...said,
      externalId: crypto.randomUUID(),
      disk: { used: 7, limit: 8 },
    }));
    expect(await run()).toMatchObject({ end: 'foreign' });
    await expectOld('foreign');
  });

  it('most accounts are gone from the list', async () => {
    panel.lines = panel.lines.slice(0, 1);
    expect(await run()).toMatchObject({ end: 'fell' });
    await expectOld('fell');
  });

  it('nearly all of the disk is said to be free', async () => {
    for (const index of ids.keys()) set(index, 0, 10);
    expect(await run()).toMatchObject({ end: 'fell' });
    await expectOld('fell');
    expect(await syncServerUsage(serverId, 'staff looked', true)).toMatchObject({ end: 'done', accounts: 4 });
    expect(await row()).toMatchObject({ diskUsed: 0n, staleSince: null });
    expect(await runRow()).toMatchObject({ problem: null, staleSince: null });
  });

  it('figures are no figures', async () => {
    panel.lines = panel.lines.map((said) => ({ ...said, disk: { used: 'lots', limit: {} } }));
    expect(await run()).toMatchObject({ end: 'failed' });
    await expectOld('failed');
    panel.lines = panel.lines.map((said) => ({ ...said, disk: { used: -5, limit: 1 } }));
    expect(await run()).toMatchObject({ end: 'unreadable' });
    await expectOld('unreadable');
  });
});

it('marks only the one that is not listed', async () => {
  await run();
  panel.lines = panel.lines.slice(0, 3);
  expect(await run()).toMatchObject({ end: 'done', accounts: 3, missing: 1 });
  expect((await row(3)).staleSince).not.toBeNull();
  expect((await row(0)).staleSince).toBeNull();
});

it('counts accounts that nobody here ordered as taken room', async () => {
  panel.lines.push(line(crypto.randomUUID(), 'srv-90', 1, 1), line('', 'srv-91', 1, 1));
  await run();
  expect((await db.server.findUniqueOrThrow({ where: { id: serverId } })).unknownCount).toBe(2);
});

it('writes nothing for a service that ended while the panel was asked', async () => {
  panel.before = async () => {
    await db.service.update({ where: { id: ids[1] ?? '' }, data: { status: 'TERMINATED' } });
  };
  expect(await run()).toMatchObject({ end: 'done', accounts: 3 });
  expect(await rows()).toHaveLength(3);
});

it('runs once per server at a time, also with two schedulers', async () => {
  const turns = await Promise.all([takeDueServers(), takeDueServers()]);
  expect(turns.flat().map((turn) => turn.serverId)).toEqual([serverId]);
  let all: Promise<unknown> = Promise.resolve();
  // The panel answers the first only when the two others have been sent away.
  const ends: string[] = [];
  const twoEnded = new Promise<void>((resolve) => {
    panel.before = () => (ends.length >= 2 ? Promise.resolve() : twoEnded);
    const note = async () => {
      ends.push((await run()).end);
      if (ends.length === 2) resolve();
    };
    all = Promise.all([note(), note(), note()]);
  });
  await all;
  expect(ends).toEqual(['busy', 'busy', 'done']);
  expect(panel.calls).toBe(1);
});

it('goes on after a run whose process died, once its lease is over', async () => {
  await run();
  await db.$executeRaw`UPDATE "UsageRun" SET "runId" = 'dead', "leaseUntil" = now() + interval '1 minute', "nextRunAt" = now()`;
  expect(await takeDueServers()).toEqual([]);
  expect(await run()).toEqual({ serverId, end: 'busy' });
  await db.$executeRaw`UPDATE "UsageRun" SET "leaseUntil" = now() - interval '1 second'`;
  expect(await takeDueServers()).toHaveLength(1);
  expect(await run()).toMatchObject({ end: 'done' });
});

it('gives no turn to servers that are offline, held or switched off', async () => {
  for (const data of [{ status: 'OFFLINE' as const }, { heldAt: new Date() }, { isDisabled: true }]) {
    await db.server.update({ where: { id: serverId }, data });
    expect(await takeDueServers()).toEqual([]);
    await db.server.update({
      where: { id: serverId },
      data: { status: 'MAINTENANCE', heldAt: null, isDisabled: false },
    });
  }
  expect(await takeDueServers()).toHaveLength(1);
});

it('tells once when a limit comes near, and again after it was left behind', async () => {
  const { id: operationId } = await makeOperation({ serviceId: ids[0] ?? '', state: 'SUCCEEDED' });
  const told = async () => {
    await run();
    const events = await db.operationEvent.findMany({
      where: { operationId, type: 'usage-crossed' },
      orderBy: { at: 'asc' },
    });
    return events.map(({ data }) => (data as { level: number }).level);
  };
  set(0, 810, 10);
  expect(await told()).toEqual([80]);
  set(0, 790, 10);
  expect(await told()).toEqual([80]);
  set(0, 820, 10);
  expect(await told()).toEqual([80]);
  set(0, 1000, 10);
  expect(await told()).toEqual([80, 100]);
  set(0, 300, 10);
  await told();
  set(0, 950, 10);
  expect(await told()).toEqual([80, 100, 90]);
});

it('mails the customer once per crossing, where the settings say so', async () => {
  const subjects = async () =>
    (await db.emailMessage.findMany({ where: { template: 'usage-warning' }, orderBy: { createdAt: 'asc' } })).map(
      ({ subject, serviceId }) => [subject.replace(/^.*: /, ''), serviceId],
    );
  set(0, 850, 10);
  await run();
  expect(await subjects()).toEqual([]);
  await db.setting.create({ data: { key: 'usageMails', value: true } });
  set(0, 910, 10);
  await run();
  await run();
  expect(await subjects()).toEqual([['disk space 90 % used', ids[0]]]);
  set(0, 1000, 10);
  await run();
  expect(await subjects()).toEqual([
    ['disk space 90 % used', ids[0]],
    ['disk space used up', ids[0]],
  ]);
  const mail = await db.emailMessage.findFirstOrThrow({ where: { template: 'usage-warning' } });
  expect(mail.data).toMatchObject({ metric: 'disk', level: 90, used: 910 * 1_048_576, limit: 1000 * 1_048_576 });
});
