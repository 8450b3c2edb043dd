import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimedJob, claimJobs, handBack } from './jobs-store';
import { startLeases } from './leases';
import { startLoop } from './loop';
import { about, createPerformer, type PerformOptions } from './perform';
import { reasonOf } from './settings';
import { wakeSleepers } from './settle';

export interface Runner {
  /** Something may be due. */
  wake(): void;
  inFlight(): number;
  /** Calls may have lost their owner: `atOnce` = one that holds no connection now is surely gone. */
  lookForOrphans(atOnce: boolean): void;
  /** Claims nothing more and waits for the calls in flight, at most `graceMs`; what is left is handed back. */
  stop(graceMs: number): Promise<void>;
}

export interface RunnerOptions extends Omit<PerformOptions, 'mayGoOn'> {
  owner: string;
  isOpen(): boolean;
}

const SLEEPERS = 50;
const LAST_WORDS_MS = 500;

export function startRunner(options: RunnerOptions): Runner {
  const { pool, log, owner } = options;
  const { concurrency, leaseMs, pollMs } = options.settings;
  let stopping = false;
  const performer = createPerformer({ ...options, mayGoOn: () => options.isOpen() && !stopping });
  const calls = new Map<string, Promise<void>>();

  const claims = startLoop('claim loop', log, async () => {
    const room = concurrency - calls.size;
    // When it opens, or when the next call ends, we are woken.
    if (!options.isOpen() || stopping || room <= 0) return pollMs;
    const { jobs, more, sleepers, nextMs } = await claimJobs(pool, owner, room, leaseMs);
    for (const job of jobs) track(job, performer.perform(job));
    if (sleepers) await wakeSleepers(pool, SLEEPERS);
    return more || sleepers ? 1 : untilNext(nextMs, pollMs);
  });

  const leases = startLeases(options, calls, (job) => {
    log.warn('A call was left behind and is tried again.', about(job));
    track(job, performer.store(job, { kind: 'broken', reason: 'the process that made it is gone' }));
  });

  function track(job: ClaimedJob, work: Promise<void>): void {
    const reported = work.catch((error: unknown) =>
      log.error('A call could not be carried through; it is tried again.', { ...about(job), reason: reasonOf(error) }),
    );
    const tracked = reported.finally(() => {
      calls.delete(job.lock);
      claims.wake();
    });
    calls.set(job.lock, tracked);
  }

  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    log.info('The executor stops; calls in flight may end.', { inFlight: calls.size });
    await claims.stop();
    await allEnded(calls, graceMs);
    const cut = [...calls.keys()];
    performer.hurry();
    options.app.close();
    await allEnded(calls, LAST_WORDS_MS);
    await leases.stop();
    if (cut.length > 0) await Promise.race([handBack(pool, cut).catch(() => undefined), sleep(LAST_WORDS_MS)]);
  }

  return {
    wake: claims.wake,
    inFlight: () => calls.size,
    lookForOrphans: leases.look,
    stop,
  };
}

const allEnded = (calls: Map<string, Promise<void>>, limitMs: number) =>
  Promise.race([Promise.all(calls.values()), sleep(limitMs, undefined, { ref: false })]);

/** Wait until something is due, never longer than the poll. */
export function untilNext(ms: number | null, pollMs: number): number {
  return Math.max(1, Math.min(pollMs, Math.ceil(ms ?? pollMs)));
}
