import type { Pool } from 'pg';
import type { AppClient } from './app-client';
import { decide, type Effect } from './decide';
import { type ClaimedJob, claimJobs, loadSteps, nextJobIn, renewLeases, takeOrphans } from './jobs-store';
import { startLoop } from './loop';
import { type Answer, callBody } from './protocol';
import { type ExecutorLog, type ResolvedSettings, reasonOf } from './settings';
import { type Listens, type Settled, settle, wakeSleepers } from './settle';

export interface Runner {
  /** Something may be due. */
  wake(): void;
  inFlight(): number;
  /** Every call of another owner is known to be orphaned (its process is gone). */
  adoptAll(): void;
  /** Claims nothing more and waits for the calls in flight, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface RunnerOptions {
  pool: Pool;
  app: AppClient;
  settings: ResolvedSettings;
  log: ExecutorLog;
  owner: string;
  isOpen(): boolean;
  closeGate(reason: string): void;
  resync(): void;
  listens: Listens;
  /** A run ended: events may have been written. */
  onEnded(): void;
}

const POLL_MS = 1000;
const SLEEPERS = 50;
const STORE_RETRY_MS = 200;

export function startRunner(options: RunnerOptions): Runner {
  const { pool, settings, log, owner } = options;
  const calls = new Map<string, Promise<void>>();
  let adopt = false;
  let stopping = false;

  const claims = startLoop('claim loop', log, async () => {
    if (!options.isOpen() || stopping) return POLL_MS;
    const slept = await wakeSleepers(pool, SLEEPERS);
    const room = settings.concurrency - calls.size;
    if (room <= 0) return POLL_MS; // the next call that ends wakes us
    const { jobs, more } = await claimJobs(pool, owner, room, settings.leaseMs);
    for (const job of jobs) track(job, perform(job));
    if (more || slept === SLEEPERS || jobs.length === room) return 1;
    return untilNext(await nextJobIn(pool));
  });

  const leases = startLoop('lease loop', log, async () => {
    if (calls.size > 0) await renewLeases(pool, [...calls.keys()], settings.leaseMs);
    const everything = adopt;
    const orphans = await takeOrphans(pool, owner, [...calls.keys()], settings.leaseMs, everything);
    if (everything) adopt = false;
    for (const job of orphans) {
      const reason = 'the process that made it is gone';
      log.warn('A call was left behind and is tried again.', { functionId: job.fnId, runId: job.runId });
      track(job, store(job, { kind: 'broken', reason }));
    }
    return settings.leaseMs / 4;
  });

  function track(job: ClaimedJob, work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log.error('A call could not be carried through.', about(job, reasonOf(error))))
      .finally(() => {
        calls.delete(job.lock);
        claims.wake();
      });
    calls.set(job.lock, tracked);
  }

  async function perform(job: ClaimedJob): Promise<void> {
    const steps = await untilStored(() => loadSteps(pool, job.runId));
    let body: string;
    try {
      const { runId, event, attempt, maxAttempts } = job;
      body = callBody({ runId, event, steps, attempt, maxAttempts, planned: job.kind === 'step' });
    } catch (error) {
      return keep(job, unusable(error));
    }
    const answer = await options.app.call(job.fnId, job.stepId ?? 'step', job.runId, body);
    if (stopping && answer.kind === 'broken') return; // cut by our own stop: the next start takes it over
    if (answer.kind === 'unavailable') options.closeGate(answer.reason);
    if (answer.kind === 'error' && answer.fault) options.resync(); // perhaps the function is gone
    await store(job, answer);
  }

  async function store(job: ClaimedJob, answer: Answer): Promise<void> {
    const { retryDelaysMs, brokenDelayMs } = settings;
    const { attempt, maxAttempts, putBacks } = job;
    const waits = { retryDelaysMs, brokenDelayMs, nowMs: Date.now(), random: Math.random };
    let effect: Effect;
    try {
      effect = decide({ answer, attempt, maxAttempts, putBacks, ...waits });
    } catch (error) {
      effect = unusable(error); // nested too deeply to be written down
    }
    await keep(job, effect);
    if (effect.kind !== 'retry') return;
    const reason = answer.kind === 'broken' ? answer.reason : 'the step asked for another attempt';
    log.info('A call is tried again.', { ...about(job, reason), inMs: effect.delayMs });
  }

  async function keep(job: ClaimedJob, effect: Effect): Promise<void> {
    let settled: Settled;
    try {
      settled = await untilStored(() => settle(pool, job, effect, options.listens));
    } catch (error) {
      if (!isDataError(error)) throw error;
      return keep(job, unusable(error));
    }
    if (settled === 'late') log.warn('An answer came after its lease was lost and was dropped.', about(job));
    if (settled === 'ended') options.onEnded();
    // Messages of errors stay out of the log: only the application knows what they may hold.
    if (effect.kind === 'fail') log.warn('A run failed.', { ...about(job), error: effect.error.name });
  }

  /** What happened must be stored; while the database is away it waits, unless the process ends. */
  async function untilStored<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (isDataError(error) || (stopping && tries > 3)) throw error;
        if (tries === 1)
          log.warn('The database did not take a result; it is offered again.', { reason: reasonOf(error) });
        await new Promise((resolve) => setTimeout(resolve, Math.min(5000, STORE_RETRY_MS * tries)));
      }
    }
  }

  return {
    wake: claims.wake,
    inFlight: () => calls.size,
    adoptAll() {
      adopt = true;
      leases.wake();
    },
    async stop(graceMs) {
      stopping = true;
      log.info('The executor stops; calls in flight may end.', { inFlight: calls.size });
      await claims.stop();
      const grace = new Promise((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([Promise.all(calls.values()), grace]);
      options.app.close();
      await Promise.race([Promise.all(calls.values()), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
      await leases.stop();
    },
  };
}

/** The database will never take this, however often it is offered: class 22 data exception, class 54 limit exceeded. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|54)/.test(String(error.code));
}

function unusable(error: unknown): Effect {
  const message = `What the run has to keep cannot be stored (${reasonOf(error)}). Return plain, flat values from steps.`;
  return { kind: 'fail', error: { name: 'UnusableResult', message } };
}

function about(job: ClaimedJob, reason?: string): Record<string, unknown> {
  return { functionId: job.fnId, runId: job.runId, attempt: job.attempt, ...(reason ? { reason } : {}) };
}

/** Wait until something is due, never longer than the poll. */
export function untilNext(ms: number | null, pollMs = POLL_MS): number {
  return Math.max(1, Math.min(pollMs, Math.ceil(ms ?? pollMs)));
}
