import type { Pool } from 'pg';
import { type Db, inTransaction } from './database';
import type { EventBody } from './events-store';
import { LOCKS } from './schema';

export interface ClaimedJob {
  id: string;
  lock: string;
  runId: string;
  fnId: string;
  event: EventBody;
  kind: 'discover' | 'step';
  stepId: string | null;
  attempt: number;
  putBacks: number;
  maxAttempts: number;
}

interface Candidate {
  id: string;
  slot_keys: string[];
  slot_limits: number[];
}

/**
 * Claims up to `room` calls that are due. Claims are taken one at a time across all processes (an advisory lock), so
 * that a concurrency limit holds even while two executors overlap. `more` = something due was left behind by the
 * batch size, look again at once.
 */
export async function claimJobs(
  pool: Pool,
  owner: string,
  room: number,
  leaseMs: number,
): Promise<{ jobs: ClaimedJob[]; more: boolean }> {
  return inTransaction(pool, async (db) => {
    await db.query('select pg_advisory_xact_lock($1)', [LOCKS.claim]);
    const { rows: candidates } = await db.query<Candidate>(
      `with busy as materialized (
         select key, count(*) as taken from executor.job j, unnest(j.slot_keys) key
         where j.lock is not null group by key)
       select j.id, j.slot_keys, j.slot_limits from executor.job j
       where j.lock is null and j.kind <> 'sleep' and j.run_at <= now()
         and not exists (
           select 1 from unnest(j.slot_keys, j.slot_limits) as s(key, slot_limit)
           join busy b on b.key = s.key where b.taken >= s.slot_limit)
       order by j.run_at, j.id limit $1 for update skip locked`,
      [room],
    );
    if (candidates.length === 0) return { jobs: [], more: false };
    const chosen = candidates.some((each) => each.slot_keys.length > 0)
      ? withinLimits(candidates, await busySlots(db))
      : candidates.map((each) => each.id);
    const { rows: jobs } = await db.query<ClaimedJob>(
      `update executor.job j set lock = gen_random_uuid(), locked_by = $2,
              locked_until = now() + $3 * interval '1 millisecond'
       from executor.run r where r.id = j.run_id and j.id = any($1::bigint[])
       returning j.id, j.lock, j.run_id as "runId", r.fn_id as "fnId", r.event, j.kind, j.step_id as "stepId",
                 j.attempt, j.put_backs as "putBacks", r.max_attempts as "maxAttempts"`,
      [chosen, owner, leaseMs],
    );
    return { jobs, more: chosen.length > 0 && chosen.length < candidates.length };
  });
}

async function busySlots(db: Db): Promise<Map<string, number>> {
  const { rows } = await db.query<{ key: string; taken: number }>(
    `select key, count(*)::int as taken from executor.job j, unnest(j.slot_keys) key
     where j.lock is not null group by key`,
  );
  return new Map(rows.map((row) => [row.key, row.taken]));
}

function withinLimits(candidates: Candidate[], busy: Map<string, number>): string[] {
  return candidates.flatMap((each) => {
    const free = each.slot_keys.every((key, i) => (busy.get(key) ?? 0) < (each.slot_limits[i] ?? 0));
    if (!free) return [];
    for (const key of each.slot_keys) busy.set(key, (busy.get(key) ?? 0) + 1);
    return [each.id];
  });
}

/** Milliseconds until the next job that waits for its time; null when none does. */
export async function nextJobIn(db: Db): Promise<number | null> {
  const { rows } = await db.query<{ ms: number | null }>(
    `select (extract(epoch from min(run_at) - now()) * 1000)::float8 as ms
     from executor.job where lock is null and run_at > now()`,
  );
  return rows[0]?.ms ?? null;
}

/** Prolongs the leases of calls in flight; answers the locks that are still ours. */
export async function renewLeases(pool: Pool, locks: string[], leaseMs: number): Promise<Set<string>> {
  const { rows } = await pool.query<{ lock: string }>(
    `update executor.job set locked_until = now() + $2 * interval '1 millisecond'
     where lock = any($1::uuid[]) returning lock`,
    [locks, leaseMs],
  );
  return new Set(rows.map((row) => row.lock));
}

/**
 * Takes over calls that nobody looks after any more: their lease has run out, or (`all`) their owner is known to be
 * gone. They come back as claimed, to be settled as broken calls.
 */
export async function takeOrphans(
  pool: Pool,
  owner: string,
  inFlight: string[],
  leaseMs: number,
  all: boolean,
): Promise<ClaimedJob[]> {
  const { rows } = await pool.query<ClaimedJob>(
    `update executor.job j set lock = gen_random_uuid(), locked_by = $1,
            locked_until = now() + $3 * interval '1 millisecond'
     from executor.run r
     where r.id = j.run_id and j.lock is not null and j.lock <> all($2::uuid[])
       and (j.locked_until < now() or ($4 and j.locked_by <> $1))
     returning j.id, j.lock, j.run_id as "runId", r.fn_id as "fnId", r.event, j.kind, j.step_id as "stepId",
               j.attempt, j.put_backs as "putBacks", r.max_attempts as "maxAttempts"`,
    [owner, inFlight, leaseMs, all],
  );
  return rows;
}

/** Results of the steps that have ended, in the order in which they ended. */
export async function loadSteps(pool: Pool, runId: string): Promise<{ id: string; result: unknown }[]> {
  const { rows } = await pool.query<{ id: string; result: unknown }>(
    'select id, result from executor.step where run_id = $1 order by seq',
    [runId],
  );
  return rows;
}
