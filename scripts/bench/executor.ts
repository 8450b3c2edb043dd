// npm run bench -- executor [events] [provisions]: how fast the embedded executor is. A function of four steps, its events
// all at once and at 60 a second; then a burst of orders on panels that answer at once, through all of our own steps.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Inngest } from 'inngest';
import pg from 'pg';
import { freePort } from '../postgres.mjs';

const events = Number(process.argv[2] ?? 500);
const provisions = Number(process.argv[3] ?? 1000);
const EVENTS_PER_SECOND = 60;
const STEPS = 4;
const REACH = { runsPerSecond: 60, firstStepP95Ms: 100 };

const databaseUrl = process.env.DATABASE_URL ?? '';
const sql = new pg.Pool({ connectionString: databaseUrl, max: 2 });
const port = await freePort();
const keys = { eventKey: 'bench-event-key', signingKey: `signkey-test-${randomBytes(32).toString('hex')}` };
// Read by the SDK in this process and in the application's.
Object.assign(process.env, {
  INNGEST_DEV: '0',
  INNGEST_BASE_URL: `http://127.0.0.1:${port}`,
  INNGEST_EVENT_KEY: keys.eventKey,
  INNGEST_SIGNING_KEY: keys.signingKey,
});

if (events > 0) await benchSteps();
if (provisions > 0) await benchProvisions();
await sql.end();

async function benchSteps(): Promise<void> {
  const pair = await startPair('steps');
  const client = new Inngest({ id: 'bench', aiMetadata: false });
  const send = (n: number) => client.send({ name: 'four', data: { n, sentAt: Date.now() } });
  await measure('first events', pair, 100, (n) => send(n)); // code and caches warm up
  await measure('all at once', pair, events, (n) => send(n));
  await measure(`${EVENTS_PER_SECOND} a second`, pair, events, async (n, began) => {
    await until(began + (n * 1000) / EVENTS_PER_SECOND);
    await send(n);
  });
  await pair.stop();
}

async function measure(
  load: string,
  pair: Pair,
  count: number,
  send: (n: number, began: number) => Promise<unknown>,
): Promise<void> {
  await sql.query('with e as (delete from executor.event) delete from executor.run');
  const before = await Promise.all([pair.ask(pair.host), pair.ask(pair.app)]);
  const began = Date.now();
  await Promise.all(Array.from({ length: count }, (_, n) => send(n, began)));
  await poll(async () => {
    const { rows } = await sql.query(`select count(*)::int as n from executor.run where status = 'completed'`);
    return rows[0].n === count;
  });
  const { rows } = await sql.query(
    `select extract(epoch from ended_at)::float8 * 1000 - (event->'data'->>'sentAt')::float8 as ms,
            extract(epoch from ended_at)::float8 * 1000 as ended from executor.run`,
  );
  const seconds = (Math.max(...rows.map((row) => row.ended)) - began) / 1000;
  const [host, app] = await Promise.all([pair.ask(pair.host), pair.ask(pair.app)]);
  if (load === 'first events') return;
  print({
    load,
    events: count,
    seconds: round(seconds),
    runsPerSecond: round(count / seconds),
    firstStepMs: quantiles(app.waits ?? []),
    runMs: quantiles(rows.map((row) => row.ms)),
    statementsPerStep: round((host.statements ?? 0) / (count * STEPS)),
    executorCpuMsPerRun: round(((host.cpu - before[0].cpu) * 1000) / count),
    applicationCpuMsPerRun: round(((app.cpu - before[1].cpu) * 1000) / count),
    ...(load === 'all at once'
      ? { reach: REACH.runsPerSecond, reached: count / seconds >= REACH.runsPerSecond }
      : { reach: REACH.firstStepP95Ms, reached: quantiles(app.waits ?? []).p95 <= REACH.firstStepP95Ms }),
  });
}

async function benchProvisions(): Promise<void> {
  const { seedOrders } = await import('./executor-world');
  const world = await seedOrders();
  const pair = await startPair('panel');
  await pair.ask(pair.host);
  const began = performance.now();
  await world.order(provisions);
  const ordered = (performance.now() - began) / 1000;
  await poll(async () => {
    const { rows } = await sql.query(`select count(*)::int as n from "Service" where "status" = 'ACTIVE'`);
    return rows[0].n >= provisions;
  });
  const seconds = (performance.now() - began) / 1000;
  const { statements = 0 } = await pair.ask(pair.host);
  const { rows } = await sql.query(
    `select extract(epoch from "startedAt" - "createdAt")::float8 * 1000 as first,
            extract(epoch from "finishedAt" - "createdAt")::float8 * 1000 as whole from "Operation" where "state" = 'SUCCEEDED'`,
  );
  print({
    load: 'provisions at 0 ms panel time',
    orders: provisions,
    orderedInSeconds: round(ordered),
    seconds: round(seconds),
    runsPerSecond: round(provisions / seconds),
    firstStepMs: quantiles(rows.map((row) => row.first)),
    runMs: quantiles(rows.map((row) => row.whole)),
    statementsPerStep: round(statements / (provisions * STEPS)),
    accounts: world.accounts(),
    eachOnce: world.accounts() === provisions,
  });
  await pair.stop();
  await world.stop();
}

type Pair = Awaited<ReturnType<typeof startPair>>;
interface Count {
  statements?: number;
  waits?: number[];
  cpu: number;
}

/** An application and an executor that drives it, each in a process of its own. */
async function startPair(what: 'steps' | 'panel') {
  const app = start('./executor-app.mjs', [what]);
  const { port: appPort } = await answerOf<{ port: number }>(app);
  const host = start('./executor-host.mjs', []);
  const appUrl = `http://127.0.0.1:${appPort}/api/inngest`;
  host.send({ databaseUrl, appUrl, healthUrl: `http://127.0.0.1:${appPort}/api/health`, port, ...keys });
  await answerOf(host);
  const ask = (child: ChildProcess) => {
    child.send('count');
    return answerOf<Count>(child);
  };
  const stop = async () => {
    for (const child of [host, app]) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await gone;
    }
  };
  return { app, host, ask, stop };
}

function start(path: string, args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(path, import.meta.url)), args, { execArgv: [] });
}

function answerOf<T>(from: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    from.once('message', (message) => resolve(message as T)); // sent by executor-app.ts and executor-host.ts alone
    from.once('exit', (code) => reject(new Error(`A part of the bench ended with ${code}.`)));
  });
}

async function until(at: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));
}

async function poll(look: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('Not everything ended within five minutes.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function quantiles(values: number[]): { p50: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

function print(figures: object): void {
  console.log(JSON.stringify({ bench: 'executor', ...figures }));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
