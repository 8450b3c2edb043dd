// npm run bench -- usage [servers] [accounts]: how long the figures of all accounts take, with WHM servers that answer
// after 50 ms and after 1 s, eight at a time, and with one of them dead.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { db } from '@/lib/db';
import type { PanelOffer, PanelOrder } from './usage-panels';
import type { Reading, ReadingOrder } from './usage-reader';
import { seedUsageWorld } from './usage-world';

const servers = Number(process.argv[2] ?? 200);
const accounts = Number(process.argv[3] ?? 500);
const AT_ONCE = 8;
const LIMIT_SECONDS = 10;
/** The reading must do with this, however many accounts there are: what a larger heap would only leave lying about. */
const HEAP = { 'max-old-space-size': 128, 'max-semi-space-size': 8 };
const MEMORY_REACH_MB = 200;

const panelHost = start('usage-panels', { args: [String(servers), String(accounts)] });
const { panels } = await answerOf<PanelOffer>(panelHost);
await seedUsageWorld(panels);
const reader = start('usage-reader', {
  execArgv: Object.entries(HEAP).map(([name, megabytes]) => `--${name}=${megabytes}`),
  env: {
    OUTBOUND_ALLOW_LOOPBACK_PORTS: panels.map(({ port }) => port).join(','),
    HYBLE_TIME_LIMIT_SECONDS: String(LIMIT_SECONDS),
  },
});
await measure({ delayMs: 0, dead: false }, 'first figures', null);
await measure({ delayMs: 50, dead: false }, '50 ms', 5);
await measure({ delayMs: 1000, dead: false }, '1 s', 35);
await measure({ delayMs: 50, dead: true }, '50 ms, one dead', 5 + LIMIT_SECONDS + 1);
panelHost.disconnect();
reader.disconnect();
await db.$disconnect();

async function measure(panelOrder: PanelOrder & object, name: string, reach: number | null): Promise<void> {
  await ask(panelHost, panelOrder);
  const { cpu: panelsBefore } = await ask<Count>(panelHost, 'count' satisfies PanelOrder);
  await db.$executeRaw`UPDATE "UsageRun" SET "nextRunAt" = now()`;
  const reading = await ask<Reading>(reader, { atOnce: AT_ONCE } satisfies ReadingOrder);
  const { calls, cpu } = await ask<Count>(panelHost, 'count' satisfies PanelOrder);
  const [fresh] = await db.$queryRaw<
    { rows: number }[]
  >`SELECT count(*)::int AS "rows" FROM "UsageLatest" l JOIN "UsageRun" u
    ON u."serverId" = l."serverId" AND u."asOf" = l."asOf" AND u."problem" IS NULL`;
  const { seconds, renewed, ownCpuSeconds, databaseCpuSeconds, memoryBeforeMb, memoryPeakMb } = reading;
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
      renewed,
      callsPerServer: round(calls / servers),
      rows: fresh?.rows,
      rowsPerSecond: Math.round((fresh?.rows ?? 0) / seconds),
      ownCpuSeconds: round(ownCpuSeconds),
      databaseCpuSeconds: databaseCpuSeconds === null ? null : round(databaseCpuSeconds),
      panelsCpuSeconds: round(cpu - panelsBefore),
      memoryBeforeMb,
      memoryPeakMb,
      memoryReachMb: MEMORY_REACH_MB,
      memoryReached: memoryPeakMb <= MEMORY_REACH_MB,
      heapLimitMb: HEAP['max-old-space-size'],
    }),
  );
}

interface Count {
  calls: number;
  cpu: number;
}

function start(name: string, options: { args?: string[]; execArgv?: string[]; env?: Record<string, string> }) {
  const file = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const child = fork(file, options.args ?? [], {
    execArgv: options.execArgv ?? [],
    env: { ...process.env, ...options.env },
  });
  child.once('exit', (code) => {
    if (code !== 0) process.exit(1);
  });
  return child;
}

function ask<T>(child: ChildProcess, order: PanelOrder | ReadingOrder): Promise<T> {
  child.send(order);
  return answerOf<T>(child);
}

function answerOf<T>(from: ChildProcess): Promise<T> {
  return new Promise((resolve) => {
    from.once('message', (message) => resolve(message as T)); // sent by our own file alone
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
