import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimedJob, claimJobs, nextJobIn, renewLeases, takeOrphans } from './jobs-store';
import { startLoop } from './loop';
import { about, createPerformer, type PerformOptions } from './perform';
import { reasonOf } from './settings';
import { wakeSleepers } from './settle';

export interface Runner {
  /** Something may be due. */
  wake(): void;
  inFlight(): number;
  /** Every call of another owner is known to be orphaned (its process is gone). */
  adoptAll(): void;
  /** Claims nothing more and waits for the calls in flight, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface RunnerOptions extends PerformOptions {
  owner: string;
  isOpen(): boolean;
}

const POLL_MS = 2000;
const SLEEPERS = 50;
const LAST_WORDS_MS = 500;

export function startRunner(options: RunnerOptions): Runner {
  const { pool, log, owner } = options;
  const { concurrency, leaseMs } = options.settings;
  const performer = createPerformer(options);
  const calls = new Map<string, Promise<void>>();
  let stopping = false;

  const claims = startLoop('claim loop', log, async () => {
    if (!options.isOpen() || stopping) return POLL_MS;
    const slept = await wakeSleepers(pool, SLEEPERS);
    const room = concurrency - calls.size;
    if (room <= 0) return POLL_MS; // the next call that ends wakes us
    const { jobs, more } = await claimJobs(pool, owner, room, leaseMs);
    for (const job of jobs) track(job, performer.perform(job));
    if (more || slept === SLEEPERS || jobs.length === room) return 1;
    return untilNext(await nextJobIn(pool));
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
    performer.hurry();
    options.app.close();
    await allEnded(calls, LAST_WORDS_MS);
    await leases.stop();
  }

  return {
    wake: claims.wake,
    inFlight: () => calls.size,
    adoptAll: leases.adoptAll,
    stop,
  };
}

/** Keeps our leases alive and takes over those that nobody keeps. */
function startLeases(
  { pool, log, owner, settings }: RunnerOptions,
  calls: Map<string, unknown>,
  onOrphan: (job: ClaimedJob) => void,
) {
  let adopt = false;
  const loop = startLoop('lease loop', log, async () => {
    if (calls.size > 0) await renewLeases(pool, [...calls.keys()], settings.leaseMs);
    const everything = adopt;
    const orphans = await takeOrphans(pool, owner, [...calls.keys()], settings.leaseMs, everything);
    if (everything) adopt = false; // asked for during the query counts for the next round
    for (const job of orphans) onOrphan(job);
    return settings.leaseMs / 4;
  });
  return {
    stop: loop.stop,
    adoptAll() {
      adopt = true;
      loop.wake();
    },
  };
}

const allEnded = (calls: Map<string, Promise<void>>, limitMs: number) =>
  Promise.race([Promise.all(calls.values()), sleep(limitMs, undefined, { ref: false })]);

/** Wait until something is due, never longer than the poll. */
export function untilNext(ms: number | null, pollMs = POLL_MS): number {
  return Math.max(1, Math.min(pollMs, Math.ceil(ms ?? pollMs)));
}
