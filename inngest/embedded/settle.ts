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
  event: EventBody;
}

/** `late` = the lease was lost meanwhile, the answer was dropped. */
export type Settled = 'stored' | 'ended' | 'late';

/** Whether some function waits for this event; an event that nobody hears is not written. */
export type Listens = (eventName: string) => boolean;

/** Stores what an answer means: in one transaction, and only while the job is still ours. */
export async function settle(pool: Pool, job: SettleJob, effect: Effect, listens: Listens): Promise<Settled> {
  if (effect.kind === 'retry' || effect.kind === 'put-back') return postpone(pool, job, effect);
  return inTransaction(pool, async (db) => {
    // The lock on the run puts parallel answers in a row: exactly one of them sees that it was the last.
    await db.query('select 1 from executor.run where id = $1 for update', [job.runId]);
    const mine = await db.query('delete from executor.job where id = $1 and lock = $2', [job.id, job.lock]);
    if (mine.rowCount === 0) return 'late';
    if (effect.kind === 'advance') return advance(db, job, effect.memos, effect.jobs, listens);
    await endRun(db, job, effect, listens);
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
            run_at = now() + $3 * interval '1 millisecond',
            attempt = attempt + $4, put_backs = case when $4 = 1 then 0 else put_backs + $5 end
     where id = $1 and lock = $2`,
    [job.id, job.lock, effect.delayMs, ...counts],
  );
  return rowCount === 1 ? 'stored' : 'late';
}

async function advance(db: Db, job: SettleJob, memos: Memo[], jobs: NextJob[], listens: Listens): Promise<Settled> {
  const bytes = memos.reduce((sum, memo) => sum + Buffer.byteLength(memo.result), 0);
  const { rows } = await db.query<{ step_count: number; state_bytes: string }>(
    `update executor.run set step_count = step_count + $2, state_bytes = state_bytes + $3
     where id = $1 returning step_count, state_bytes`,
    [job.runId, memos.length, bytes],
  );
  const error = limitError(rows[0]?.step_count ?? 0, jobs.length, Number(rows[0]?.state_bytes ?? 0));
  if (error) {
    await endRun(db, job, { kind: 'fail', error }, listens);
    return 'ended';
  }
  for (const memo of memos) await insertMemo(db, job.runId, memo);
  for (const next of jobs) {
    await db.query(
      `insert into executor.job (run_id, kind, step_id, run_at, slot_keys, slot_limits)
       select r.id, $2, $3, now() + $4 * interval '1 millisecond', r.slot_keys, r.slot_limits
       from executor.run r where r.id = $1
       on conflict do nothing`,
      [job.runId, next.kind, next.stepId, next.kind === 'sleep' ? next.delayMs : 0],
    );
  }
  await discoverIfIdle(db, job.runId);
  return 'stored';
}

function limitError(steps: number, planned: number, bytes: number): RunError | null {
  if (steps + planned > STEP_LIMIT) {
    const message = `The run has more than ${STEP_LIMIT} steps. Split the work: let it send events that start runs of their own.`;
    return { name: 'TooManySteps', message };
  }
  if (bytes > STATE_LIMIT) {
    const message = `The steps of this run returned more than ${STATE_LIMIT} bytes together. Return ids instead of records.`;
    return { name: 'StateTooLarge', message };
  }
  return null;
}

async function insertMemo(db: Db, runId: string, memo: Memo): Promise<void> {
  await db.query(
    `insert into executor.step (run_id, id, name, result) values ($1, $2, $3, $4::json)
     on conflict (run_id, id) do nothing`,
    [runId, memo.id, memo.name?.replaceAll('\0', '') ?? null, memo.result],
  );
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

async function endRun(
  db: Db,
  job: SettleJob,
  effect: Extract<Effect, { kind: 'complete' | 'fail' }>,
  listens: Listens,
): Promise<void> {
  const failed = effect.kind === 'fail';
  await db.query('delete from executor.job where run_id = $1', [job.runId]);
  await db.query(
    `update executor.run set status = $2, output = $3::json, error = $4::json, ended_at = now() where id = $1`,
    [
      job.runId,
      failed ? 'failed' : 'completed',
      failed ? null : JSON.stringify(effect.output),
      failed ? JSON.stringify(effect.error) : null,
    ],
  );
  const about = { function_id: job.fnId, run_id: job.runId, event: job.event, events: [job.event] };
  const outcome = failed ? { error: effect.error } : { result: effect.output };
  const names = failed ? ['inngest/function.failed', 'inngest/function.finished'] : ['inngest/function.finished'];
  for (const name of names.filter(listens)) {
    await insertEvent(db, internalEvent(name, { ...about, ...outcome }, Date.now()));
  }
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
      await db.query('select 1 from executor.run where id = $1 for update', [sleep.run_id]);
      const mine = await db.query('delete from executor.job where id = $1', [sleep.id]);
      if (mine.rowCount === 0) return;
      await db.query('update executor.run set step_count = step_count + 1 where id = $1', [sleep.run_id]);
      await insertMemo(db, sleep.run_id, { id: sleep.step_id, name: 'sleep', result: 'null' });
      await discoverIfIdle(db, sleep.run_id);
    });
  }
  return rows.length;
}
