/**
 * The embedded executor: runs the durable functions of one machine. It drives the application's served endpoint over
 * Inngest's public HTTP protocol, signed, and keeps everything it knows in PostgreSQL, schema `executor`:
 *
 *   event   what was sent; `route_at` is set until it has been matched with the functions
 *   run     one start of one function by one event, with its output or error
 *   step    results of steps that have ended; the function is called again with them and skips what it has done
 *   job     what is to be done next: call the function (`discover`), run one parallel step (`step`), end a `sleep`
 *   cron    when each cron fires next      once   keys of the function option `idempotency`
 *   function, process   what is served and who is there, for those who look; they steer nothing
 *
 * The life of a job: an event comes in, is matched and stored together with the runs that it starts and their first
 * jobs (what needs more than new rows is left to the router); the claim loop locks the job (lease with a fencing token,
 * renewed while the call lasts) and calls the application; the answer is settled in one transaction: result kept, next
 * job written. Where nothing else of the run is under way the next job is the same row, still ours: one statement. A lease that ran out is another attempt;
 * an answer that comes later than that finds its lock gone and is dropped. So every process may die at every moment:
 * what was answered is kept, what was not is asked again. Steps run at least once, not exactly once.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { startApi } from './api';
import { createAppClient } from './app-client';
import { cleanUp } from './cleanup';
import { fireDueCrons, nextCronIn, syncCrons } from './cron';
import { createPool, type Db } from './database';
import { type EventBody, nextEventIn, type RunningRun, routeDueEvents, storeEvents } from './events-store';
import { type Gate, startGate } from './gate';
import { startListener } from './listener';
import { type Loop, startLoop } from './loop';
import { forgetProcess, keepFunctions } from './processes-store';
import { createRegistry, type Registry } from './registry';
import { startRunner, untilNext } from './runner';
import { migrate } from './schema';
import { type ExecutorLog, type ExecutorSettings, type ResolvedSettings, reasonOf, resolveSettings } from './settings';
import { cancelRun } from './settle';

export interface Executor {
  port: number;
  url: string;
  /** Resolves when the functions are known; rejects when they need what this executor does not do. */
  synced: Promise<void>;
  /** Claims nothing more, waits a while for calls in flight, hands back what is left, closes everything. */
  stop(): Promise<void>;
}

const EVENTS_AT_ONCE = 100;
const CLEAN_UP_EVERY_MS = 3_600_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/**
 * Starts the executor. Ready means: the tables are there and events are taken. The functions are read as soon as the web
 * process answers; until then events are kept.
 */
export async function startExecutor(given: ExecutorSettings, log: ExecutorLog): Promise<Executor> {
  const settings = resolveSettings(given);
  const pool = createPool(settings.databaseUrl, settings.maxPool, log);
  try {
    await migrateWhenReachable(pool, log);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const engine = startEngine(pool, settings, log);
  try {
    const api = await startApi({
      ...settings,
      log,
      resync: engine.gate.resync,
      storeEvents: engine.take,
      health: () => health(pool, engine.gate, engine.runner.inFlight()),
    });
    let stopping: Promise<void> | null = null;
    const stop = () => {
      // Calls that are still under way may send events, so the API goes after them.
      stopping ??= engine.drain().then(api.close).then(engine.end);
      return stopping;
    };
    return { port: api.port, url: `http://127.0.0.1:${api.port}`, synced: engine.gate.synced, stop };
  } catch (error) {
    await engine.drain().then(engine.end);
    throw error;
  }
}

/** Everything that runs by itself; each part wakes the next one when it has made work for it. */
function startEngine(pool: Pool, settings: ResolvedSettings, log: ExecutorLog) {
  const app = createAppClient(settings);
  const registry = createRegistry();
  const owner = randomUUID();
  const afterSync = whenFunctionsCame(pool, registry);
  const gate = startGate({ app, registry, log, afterSync, onOpen: () => wakeAll() });
  const runner = startRunner({
    pool,
    app,
    settings,
    log,
    owner,
    isOpen: () => gate.isOpen() && router.isCaughtUp(),
    closeGate: gate.close,
    resync: gate.resync,
    listens: registry.listens,
    onEnded: () => router.wake(),
  });
  const router = startRouter(pool, registry, { log, settings }, () => runner.wake());
  const crons = startCrons(pool, gate, log, () => router.wake());
  const cleaner = startLoop('clean-up', log, async () => {
    await cleanUp(pool);
    return CLEAN_UP_EVERY_MS;
  });
  const wakeAll = () => {
    for (const part of [router, crons, runner]) part.wake();
  };
  const { databaseUrl } = settings;
  const listener = startListener({
    databaseUrl,
    owner,
    log,
    onWake: () => {
      router.wake();
      runner.wake();
    },
    onHandedBack: () => runner.lookForOrphans(false),
    onAlive: () => runner.lookForOrphans(true),
  });

  async function take(events: EventBody[]): Promise<void> {
    const { left } = await storeEvents(pool, events, registry.startsAtOnce);
    if (left) router.wake();
    runner.wake();
  }

  async function drain(): Promise<void> {
    const loops = [gate, router, crons, cleaner].map((part) => part.stop());
    await Promise.all([...loops, runner.stop(settings.stopGraceMs)]);
  }
  async function end(): Promise<void> {
    await Promise.race([forgetProcess(pool, owner).catch(() => undefined), pause(500)]);
    await listener.stop();
    // A connection that hangs on a dead database must not keep the process.
    await Promise.race([pool.end(), pause(1000)]);
  }
  return { gate, router, runner, take, drain, end };
}

/** Brings the tables in line with the functions; those for onlookers are written when something has changed. */
function whenFunctionsCame(pool: Pool, registry: Registry): () => Promise<void> {
  let written = '';
  return async () => {
    await syncCrons(pool, registry);
    const now = JSON.stringify(registry.all());
    if (now !== written) await keepFunctions(pool, registry.all());
    written = now;
  };
}

/** The database may be starting as well; a wrong password or a newer schema is told at once. */
async function migrateWhenReachable(pool: Pool, log: ExecutorLog): Promise<void> {
  const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', '57P03', '57P01']);
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrate(pool);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!unreachable.has(code) || tries >= 60) throw error;
      if (tries === 1)
        log.warn('The database does not answer yet; the executor waits for it.', { reason: reasonOf(error) });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function startRouter(
  pool: Pool,
  registry: Registry,
  { log, settings: { pollMs } }: { log: ExecutorLog; settings: ResolvedSettings },
  onRuns: () => void,
): Loop & { isCaughtUp(): boolean } {
  // What was taken before a death comes before what fell due during it: a run that was called off must not go on.
  let caughtUp = false;
  const catchUp = () => {
    if (caughtUp) return;
    caughtUp = true;
    onRuns();
  };
  const cancel = (db: Db, run: RunningRun, reason: string) => cancelRun(db, run, reason, registry.listens);
  async function round(): Promise<number> {
    const next = await nextEventIn(pool);
    if (next === null || next > 0) return untilNext(next, pollMs);
    const { events, runs } = await routeDueEvents(
      pool,
      EVENTS_AT_ONCE,
      (event) => {
        const routing = registry.route(event);
        if (routing.problem) {
          const fields = { eventId: event.id, event: event.name, problem: routing.problem };
          log.error('An event could not be matched with every function; those it names were not started.', fields);
        }
        return routing;
      },
      cancel,
    );
    if (runs > 0) onRuns();
    return events > 0 ? 0 : untilNext(null, pollMs); // another executor has them
  }
  const loop = startLoop('event router', log, async () => {
    if (!registry.isKnown()) return 1000; // the gate wakes us
    // A round that fails holds back nothing but events.
    let wait = 1;
    try {
      wait = await round();
      return wait;
    } finally {
      if (wait > 0) catchUp();
    }
  });
  return { ...loop, isCaughtUp: () => caughtUp };
}

/** Fires only while the application takes calls: an hour of absence makes one late fire, not sixty. */
function startCrons(pool: Pool, gate: Gate, log: ExecutorLog, onFired: () => void): Loop {
  return startLoop('cron', log, async () => {
    if (!gate.isOpen()) return 1000;
    if ((await fireDueCrons(pool)) > 0) onFired();
    return untilNext(await nextCronIn(pool), 5000);
  });
}

async function health(pool: Pool, gate: Gate, inFlight: number) {
  const database = await pool.query('select 1').then(
    () => 'ok',
    () => 'down',
  );
  const status = database === 'ok' ? 'ok' : 'degraded';
  return { status, database, application: gate.isOpen() ? 'ok' : 'waiting', inFlight };
}
