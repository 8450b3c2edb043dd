// npm run bench -- usage [servers] [accounts]: how long the figures of all accounts take, with WHM servers that answer
// after 50 ms and after 1 s, eight at a time, and with one of them dead.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PanelOffer, PanelOrder } from './usage-panels';

const servers = Number(process.argv[2] ?? 200);
const accounts = Number(process.argv[3] ?? 500);
const AT_ONCE = 8;
const LIMIT_SECONDS = 10;

const child = fork(fileURLToPath(new URL('./usage-panels.mjs', import.meta.url)), [String(servers), String(accounts)], {
  execArgv: [],
});
child.once('exit', (code) => {
  if (code) process.exit(1);
});
const { panels } = await answerOf<PanelOffer>(child);
// Read once by the program, so it must be there before the first of it is loaded.
process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = panels.map(({ port }) => port).join(',');
process.env.HYBLE_TIME_LIMIT_SECONDS = String(LIMIT_SECONDS);
const { db } = await import('@/lib/db');
const { takeDueServers } = await import('@/features/usage/announce-usage');
const { syncServerUsage } = await import('@/features/usage/sync-server-usage');
const { seedUsageWorld } = await import('./usage-world');
const { databaseCpu } = await import('./database-cpu');

await seedUsageWorld(panels);
await measure({ delayMs: 0, dead: false }, 'first figures', null);
await measure({ delayMs: 50, dead: false }, '50 ms', 5);
await measure({ delayMs: 1000, dead: false }, '1 s', 35);
await measure({ delayMs: 50, dead: true }, '50 ms, one dead', 5 + LIMIT_SECONDS + 1);
child.disconnect();
await db.$disconnect();

async function measure(order: PanelOrder & object, name: string, reach: number | null): Promise<number> {
  await ask(order);
  const { cpu: panelsBefore } = await ask<Count>('count');
  await db.$executeRaw`UPDATE "UsageRun" SET "nextRunAt" = now()`;
  const memory = watchMemory();
  const databaseBefore = await databaseCpu();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const due = await takeDueServers();
  const ends: string[] = [];
  const work = async () => {
    for (let next = due.shift(); next; next = due.shift())
      ends.push((await syncServerUsage(next.serverId, `bench-${next.turn}`)).end);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = (performance.now() - started) / 1000;
  const own = process.cpuUsage(cpuBefore);
  const databaseAfter = await databaseCpu();
  const { calls, cpu } = await ask<Count>('count');
  const [fresh] = await db.$queryRaw<
    { rows: number }[]
  >`SELECT count(*)::int AS "rows" FROM "UsageLatest" l JOIN "UsageRun" u
    ON u."serverId" = l."serverId" AND u."asOf" = l."asOf" AND u."problem" IS NULL`;
  console.log(
    JSON.stringify({
      bench: 'usage',
      panel: name,
      servers,
      accounts,
      atOnce: AT_ONCE,
      seconds: round(seconds),
      reach,
      reached: reach === null || seconds <= reach,
      renewed: ends.filter((end) => end === 'done').length,
      callsPerServer: round(calls / servers),
      rows: fresh?.rows,
      rowsPerSecond: Math.round((fresh?.rows ?? 0) / seconds),
      ownCpuSeconds: round((own.user + own.system) / 1e6),
      databaseCpuSeconds:
        databaseAfter === null || databaseBefore === null ? null : round((databaseAfter - databaseBefore) / 1000),
      panelsCpuSeconds: round(cpu - panelsBefore),
      ...memory.end(),
    }),
  );
  return seconds;
}

interface Count {
  calls: number;
  cpu: number;
}

function watchMemory() {
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);
  const before = megabytes();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, megabytes());
  }, 25);
  return {
    end: () => {
      clearInterval(timer);
      return { memoryBeforeMb: before, memoryPeakMb: Math.max(peak, megabytes()) };
    },
  };
}

function ask<T>(order: PanelOrder): Promise<T> {
  child.send(order);
  return answerOf<T>(child);
}

function answerOf<T>(from: ChildProcess): Promise<T> {
  return new Promise((resolve) => {
    from.once('message', (message) => resolve(message as T)); // sent by usage-panels.ts alone
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
