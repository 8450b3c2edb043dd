import type { Pool } from 'pg';
import { type ClaimedJob, mendClock, ownersGone, renewLeases, takeOrphans } from './jobs-store';
import { startLoop } from './loop';
import { noteProcess } from './processes-store';
import type { ExecutorLog, ResolvedSettings } from './settings';

export interface LeaseOptions {
  pool: Pool;
  log: ExecutorLog;
  owner: string;
  settings: ResolvedSettings;
}

/**
 * Keeps our leases alive and takes over the calls that nobody looks after: at the end of their lease, or earlier when
 * their owner has been without a connection at two looks in a row (one look could meet a connection that is just being
 * opened again).
 */
export function startLeases(
  { pool, log, owner, settings }: LeaseOptions,
  calls: Map<string, unknown>,
  onOrphan: (job: ClaimedJob) => void,
) {
  const { leaseMs } = settings;
  let missing = new Set<string>();
  let believeFirstLook = false;
  const loop = startLoop('lease loop', log, async () => {
    if (calls.size > 0) await renewLeases(pool, [...calls.keys()], leaseMs);
    await noteProcess(pool, owner);
    await mendClock(pool, leaseMs);
    const atOnce = believeFirstLook;
    believeFirstLook = false;
    const seen = (await ownersGone(pool)).filter((each) => each !== owner);
    const gone = seen.filter((each) => atOnce || missing.has(each));
    missing = new Set(seen);
    const orphans = await takeOrphans(pool, { owner, inFlight: [...calls.keys()], leaseMs, gone });
    for (const job of orphans) onOrphan(job);
    return Math.min(leaseMs / 4, 5000);
  });
  return {
    stop: loop.stop,
    look(atOnce: boolean) {
      believeFirstLook ||= atOnce;
      loop.wake();
    },
  };
}
