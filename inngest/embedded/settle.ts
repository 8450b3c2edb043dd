import type { Pool } from 'pg';
import { type Db, inTransaction } from './database';
import type { Effect, Memo, NextJob, RunError } from './decide';
import { type EventBody, insertEvent, internalEvent } from './events-store';

const STEP_LIMIT = 1000;
const STATE_LIMIT = 32 * 1024 * 1024;

/** Which call an effect belongs to. */
export interface SettleJob {
  id: string;
  lock: string;
  runId: string;
  fnId: string;
  kind: 'discover' | 'step';
  event: EventBody;
}

/** What is known of a run's state before this answer. */
export interface RunState {
  steps: number;
  bytes: number;
}

export interface SettleOptions {
  /** Whether some function waits for this event; an event that nobody hears is not written. */
  listens(eventName: string): boolean;
  /** The next call of this run may be made at once by the same owner: the job stays claimed for so long. */
  goOnMs: number | null;
}

/** `late` = the lease was lost meanwhile, the answer was dropped; `goes-on` = stored, and the job is still ours. */
export type Settled = 'stored' | 'goes-on' | 'ended' | 'late';

type Ending = Extract<Effect, { kind: 'complete' | 'fail' }>;

/** Stores what an answer means: at once or not at all, and only while the job is still ours. */
export async function settle(pool: Pool, job: SettleJob, effect: Effect, options: SettleOptions): Promise<Settled> {
  if (effect.kind === 'retry' || effect.kind === 'put-back') return postpone(pool, job, effect);
  if (effect.kind === 'advance' && job.kind === 'discover' && effect.jobs.length === 0)
    return advanceAlone(pool, job, effect.memos, options.goOnMs);
  if (effect.kind !== 'advance' && job.kind === 'discover') return endAlone(pool, job, effect, options);
  return inTransaction(pool, async (db) => {
    // The lock on the run puts parallel answers in a row: exactly one of them sees that it was the last.
    await db.query('select 1 from executor.run where id = $1 for no key update', [job.runId]);
    const mine = await db.query('delete from executor.job where id = $1 and lock = $2', [job.id, job.lock]);
    if (mine.rowCount === 0) return 'late';
    const end = effect.kind === 'advance' ? await advance(db, job, effect) : effect;
    if (!end) return 'stored';
    await db.query('delete from executor.job where run_id = $1', [job.runId]);
    await db.query(END_RUN, endValues(job.runId, end));
    for (const event of endEvents(job, end, options)) await insertEvent(db, event);
    return 'ended';
  });
}

async function postpone(
  pool: Pool,
  job: SettleJob,
  effect: Extract<Effect, { kind: 'retry' | 'put-back' }>,
): Promise<Settled> {
  const counts = effect.kind === 'retry' ? [1, 0] : [0, 1];
  const { rowCount } = await pool.query(
    `update executor.job set lock = null, locked_by = null, locked_until = null,
            run_at = now() + $3 * interval '1 millisecond', made_at = now(),
            attempt = attempt + $4, put_backs = case when $4 = 1 then 0 else put_backs + $5 end
     where id = $1 and lock = $2`,
    [job.id, job.lock, effect.delayMs, ...counts],
  );
  return rowCount === 1 ? 'stored' : 'late';
}

/**
 * Nothing else of the run is under way, which is so for nearly all answers: keeping the result and making the next call
 * due is one statement. With `goOnMs` it is even claimed: the job simply stays ours.
 */
async function advanceAlone(pool: Pool, job: SettleJob, memos: Memo[], goOnMs: number | null): Promise<Settled> {
  const { rows } = await pool.query<{ mine: boolean }>({
    name: 'advance-alone',
    text: `with mine as (
        update executor.job set attempt = 0, put_backs = 0, run_at = now(), made_at = now(),
               lock = case when $6::float8 is null then null else lock end,
               locked_by = case when $6::float8 is null then null else locked_by end,
               locked_until = now() + $6::float8 * interval '1 millisecond'
        where id = $1 and lock = $2 returning run_id)
      , kept as (
        insert into executor.step (run_id, id, name, result)
        select mine.run_id, x.id, x.name, x.result::json
        from mine, unnest($3::text[], $4::text[], $5::text[]) with ordinality as x(id, name, result, position)
        order by x.position
        on conflict (run_id, id) do nothing)
      select count(*) = 1 as mine from mine`,
    values: [job.id, job.lock, ...columns(memos), goOnMs],
  });
  if (!rows[0]?.mine) return 'late';
  return goOnMs === null ? 'stored' : 'goes-on';
}

/** The parts of memos as `unnest` takes them. */
const columns = (memos: Memo[]) => [
  memos.map((memo) => memo.id),
  memos.map((memo) => memo.name?.replaceAll('\0', '') ?? null),
  memos.map((memo) => memo.result),
];

const END_RUN = `update executor.run set status = $2, output = $3::json, error = $4::json, ended_at = now() where id = $1`;

function endValues(runId: string, end: Ending): unknown[] {
  const failed = end.kind === 'fail';
  const output = failed ? null : JSON.stringify(end.output);
  return [runId, failed ? 'failed' : 'completed', output, failed ? JSON.stringify(end.error) : null];
}

/** The end of a run of which nothing else is under way. The run is locked before its job, as everywhere. */
async function endAlone(pool: Pool, job: SettleJob, end: Ending, options: SettleOptions): Promise<Settled> {
  const events = endEvents(job, end, options);
  const { rows } = await pool.query<{ mine: boolean }>({
    name: 'end-alone',
    text: `with locked as (select id from executor.run where id = $1 for no key update)
      , mine as (
        delete from executor.job j using locked l where j.id = $5 and j.lock = $6 and j.run_id = l.id returning j.run_id)
      , ended as (
        update executor.run r set status = $2, output = $3::json, error = $4::json, ended_at = now()
        from mine where r.id = mine.run_id)
      , told as (
        insert into executor.event (id, name, body, route_at)
        select x.id, x.name, x.body::json, now() from mine, unnest($7::text[], $8::text[], $9::text[]) as x(id, name, body))
      select count(*) = 1 as mine from mine`,
    values: [
      ...endValues(job.runId, end),
      job.id,
      job.lock,
      events.map((event) => event.id),
      events.map((event) => event.name),
      events.map((event) => JSON.stringify(event)),
    ],
  });
  return rows[0]?.mine ? 'ended' : 'late';
}

function endEvents(job: SettleJob, end: Ending, { listens }: SettleOptions): EventBody[] {
  const about = { function_id: job.fnId, run_id: job.runId, event: job.event, events: [job.event] };
  const outcome = end.kind === 'fail' ? { error: end.error } : { result: end.output };
  const finished = 'inngest/function.finished';
  const names = end.kind === 'fail' ? ['inngest/function.failed', finished] : [finished];
  return names.filter(listens).map((name) => internalEvent(name, { ...about, ...outcome }, Date.now()));
}

/** Keeps results and plans calls; answers with an end when the run has grown too large by them. */
async function advance(
  db: Db,
  job: SettleJob,
  { memos, jobs }: { memos: Memo[]; jobs: NextJob[] },
): Promise<Ending | null> {
  const bytes = memos.reduce((sum, memo) => sum + Buffer.byteLength(memo.result), 0);
  const { rows } = await db.query<{ state_bytes: string }>(
    `with kept as (
       insert into executor.step (run_id, id, name, result)
       select $1, x.id, x.name, x.result::json
       from unnest($2::text[], $3::text[], $4::text[]) with ordinality as x(id, name, result, position)
       order by x.position on conflict (run_id, id) do nothing)
     update executor.run set state_bytes = state_bytes + $5 where id = $1 returning state_bytes`,
    [job.runId, ...columns(memos), bytes],
  );
  const error = limitError({ steps: 0, bytes: Number(rows[0]?.state_bytes ?? 0) });
  if (error) return { kind: 'fail', error };
  if (jobs.length > 0) {
    await db.query(
      `insert into executor.job (run_id, kind, step_id, run_at, slot_keys, slot_limits)
       select r.id, x.kind, x.step_id, now() + x.delay * interval '1 millisecond', r.slot_keys, r.slot_limits
       from executor.run r, unnest($2::text[], $3::text[], $4::float8[]) with ordinality as x(kind, step_id, delay, position)
       where r.id = $1 order by x.position
       on conflict do nothing`,
      [
        job.runId,
        jobs.map((next) => next.kind),
        jobs.map((next) => next.stepId),
        jobs.map((next) => (next.kind === 'sleep' ? next.delayMs : 0)),
      ],
    );
  }
  await discoverIfIdle(db, job.runId);
  return null;
}

/** An answer that makes a run larger than is allowed ends it. */
export function withinLimits(effect: Effect, before: RunState): Effect {
  if (effect.kind !== 'advance') return effect;
  const steps = before.steps + effect.memos.length + effect.jobs.length;
  const bytes = before.bytes + effect.memos.reduce((sum, memo) => sum + Buffer.byteLength(memo.result), 0);
  const error = limitError({ steps, bytes });
  return error ? { kind: 'fail', error } : effect;
}

function limitError({ steps, bytes }: RunState): RunError | null {
  if (steps > STEP_LIMIT) {
    const message = `The run has more than ${STEP_LIMIT} steps. Split the work: let it send events that start runs of their own.`;
    return { name: 'TooManySteps', message };
  }
  if (bytes > STATE_LIMIT) {
    const message = `The steps of this run returned more than ${STATE_LIMIT} bytes together. Return ids instead of records.`;
    return { name: 'StateTooLarge', message };
  }
  return null;
}

/** The function is called again when nothing of the run is under way: parallel steps are joined by this. */
async function discoverIfIdle(db: Db, runId: string): Promise<void> {
  await db.query(
    `insert into executor.job (run_id, kind, slot_keys, slot_limits)
     select r.id, 'discover', r.slot_keys, r.slot_limits from executor.run r
     where r.id = $1 and not exists (select 1 from executor.job j where j.run_id = r.id)
     on conflict do nothing`,
    [runId],
  );
}

/** Ends sleeps whose time has come; answers how many. */
export async function wakeSleepers(pool: Pool, limit: number): Promise<number> {
  const { rows } = await pool.query<{ id: string; run_id: string; step_id: string }>(
    `select id, run_id, step_id from executor.job where kind = 'sleep' and lock is null and run_at <= now()
     order by run_at limit $1`,
    [limit],
  );
  for (const sleep of rows) {
    await inTransaction(pool, async (db) => {
      await db.query('select 1 from executor.run where id = $1 for no key update', [sleep.run_id]);
      const mine = await db.query('delete from executor.job where id = $1', [sleep.id]);
      if (mine.rowCount === 0) return;
      await db.query(
        `insert into executor.step (run_id, id, name, result) values ($1, $2, 'sleep', 'null') on conflict do nothing`,
        [sleep.run_id, sleep.step_id],
      );
      await discoverIfIdle(db, sleep.run_id);
    });
  }
  return rows.length;
}

/** Ends a run that somebody called off; false = it had ended already. No failure: `onFailure` is not called. */
export async function cancelRun(
  db: Db,
  run: { id: string; fnId: string; event: EventBody },
  reason: string,
  listens: SettleOptions['listens'],
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from executor.run where id = $1 and status = 'running' for no key update`,
    [run.id],
  );
  if (rowCount === 0) return false;
  await db.query('delete from executor.job where run_id = $1', [run.id]);
  const error = { name: 'Cancelled', message: reason };
  await db.query(`update executor.run set status = 'cancelled', error = $2::json, ended_at = now() where id = $1`, [
    run.id,
    JSON.stringify(error),
  ]);
  const name = 'inngest/function.cancelled';
  const data = { function_id: run.fnId, run_id: run.id, event: run.event, events: [run.event], error };
  if (listens(name)) await insertEvent(db, internalEvent(name, data, Date.now()));
  return true;
}
