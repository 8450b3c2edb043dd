import type { Pool } from 'pg';
import { type EventBody, HANDED_BACK, WAKE_CHANNEL } from './events-store';
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
  /** Steps of this run have ended already. */
  hasSteps: boolean;
}

export interface Claims {
  jobs: ClaimedJob[];
  /** Something due was left behind by the limits of this batch: look again at once. */
  more: boolean;
  /** Sleeps are over. */
  sleepers: boolean;
  /** Milliseconds until the next job that waits for its time; null when none does. */
  nextMs: number | null;
}

/** Claims up to `room` calls that are due; see the function in the schema. */
export async function claimJobs(pool: Pool, owner: string, room: number, leaseMs: number): Promise<Claims> {
  const { rows } = await pool.query<{ claims: Claims }>({
    name: 'claim',
    text: 'select executor.claim($1, $2, $3) as claims',
    values: [owner, room, leaseMs],
  });
  return rows[0]?.claims ?? { jobs: [], more: false, sleepers: false, nextMs: null };
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
 * Takes over calls that nobody looks after any more: their lease has run out, or their owner is known to be gone. They
 * come back as claimed, to be settled as broken calls.
 */
export async function takeOrphans(
  pool: Pool,
  { owner, inFlight, leaseMs, gone }: { owner: string; inFlight: string[]; leaseMs: number; gone: string[] },
): Promise<ClaimedJob[]> {
  const { rows } = await pool.query<ClaimedJob>(
    `update executor.job j set lock = gen_random_uuid(), locked_by = $1,
            locked_until = now() + $3 * interval '1 millisecond'
     from executor.run r
     where r.id = j.run_id and j.lock is not null and j.lock <> all($2::uuid[])
       and (j.locked_until < now() or j.locked_by = any($4::uuid[]))
     returning j.id, j.lock, j.run_id as "runId", r.fn_id as "fnId", r.event, j.kind, j.step_id as "stepId",
               j.attempt, j.put_backs as "putBacks", r.max_attempts as "maxAttempts", true as "hasSteps"`,
    [owner, inFlight, leaseMs, gone],
  );
  return rows;
}

/** Gives back calls that were cut by our own end: whoever looks next takes them over. */
export async function handBack(pool: Pool, locks: string[]): Promise<void> {
  await pool.query(
    `with mine as (
       update executor.job set locked_until = now() - interval '1 second' where lock = any($1::uuid[]) returning 1)
     select pg_notify('${WAKE_CHANNEL}', '${HANDED_BACK}') from (select count(*) as n from mine) m where m.n > 0`,
    [locks],
  );
}

/** Owners of calls in flight whose process holds no connection any more. */
export async function ownersGone(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ owner: string }>(
    `select distinct j.locked_by as owner from executor.job j
     where j.lock is not null and not exists (
       select 1 from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
       where l.locktype = 'advisory' and l.classid = ${LOCKS.alive}
         and l.objid = (hashtext(j.locked_by::text)::bigint & 4294967295)::oid)`,
  );
  return rows.map((row) => row.owner);
}

/**
 * The database's clock went back: what was to happen after a wait happens after that wait from now on, not hours late.
 * Rows know when they were made, and nothing can have been made in the future.
 */
export async function mendClock(pool: Pool, leaseMs: number): Promise<void> {
  const future = `> now() + interval '2 seconds'`;
  await pool.query(
    `with jobs as (
       update executor.job set run_at = now() + (run_at - made_at), made_at = now()
       where lock is null and made_at ${future})
     , leases as (
       update executor.job set locked_until = now() + $1 * interval '1 millisecond'
       where lock is not null and locked_until > now() + $1 * interval '3 milliseconds' + interval '1 minute')
     update executor.event set route_at = now() + (route_at - received_at), received_at = now()
     where route_at is not null and received_at ${future}`,
    [leaseMs],
  );
}

/** Results of the steps that have ended, in the order in which they ended. */
export async function loadSteps(pool: Pool, runId: string): Promise<{ id: string; result: unknown; bytes: number }[]> {
  const { rows } = await pool.query<{ id: string; result: unknown; bytes: number }>({
    name: 'load-steps',
    text: 'select id, result, octet_length(result::text) as bytes from executor.step where run_id = $1 order by seq',
    values: [runId],
  });
  return rows;
}
