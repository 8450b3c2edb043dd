import { db } from '@/lib/db';
import { hasExecutorTables } from './executor-tables';

/** Nothing has ended for so long while work waits: somebody has to look. */
export const STALLED_MINUTES = 5;

export interface Stalled {
  /** Minutes without anything that ended. */
  minutes: number;
  /** Operations and calls that are due and not begun. */
  waiting: number;
}

/**
 * Whether work is due and none of it moves, in every mode: the heartbeat alone is no proof, a queue may be stuck behind
 * calls that hang while crons still run. By the operations themselves, and by the embedded executor's own queue.
 */
export async function findStalled(): Promise<Stalled | null> {
  const [operations, calls] = await Promise.all([stalledOperations(), stalledCalls()]);
  return operations ?? calls;
}

async function stalledOperations(): Promise<Stalled | null> {
  const [due] = await db.$queryRaw<
    { waiting: number }[]
  >`SELECT count(*)::int AS "waiting" FROM "Operation" WHERE "state" = 'QUEUED'
    AND "createdAt" < now() - make_interval(mins => ${STALLED_MINUTES}::int) AND "updatedAt" < now() - interval '30 seconds'`;
  if (!due || due.waiting === 0) return null;
  // Looks through all operations, which only happens while old ones wait.
  const [row] = await db.$queryRaw<{ minutes: number | null }[]>`
    SELECT (extract(epoch FROM now() - greatest(
        (SELECT max("finishedAt") FROM "Operation"), (SELECT max("startedAt") FROM "Operation"),
        (SELECT max("endedAt") FROM "OperationAttempt"),
        (SELECT min("createdAt") FROM "Operation" WHERE "state" = 'QUEUED'))) / 60)::float8 AS "minutes"`;
  return judge({ waiting: due.waiting, minutes: row?.minutes ?? null });
}

async function stalledCalls(): Promise<Stalled | null> {
  if (!(await hasExecutorTables())) return null;
  const [due] = await db.$queryRaw<{ waiting: number; oldest: Date | null }[]>`
    SELECT count(*)::int AS "waiting", min("run_at") AS "oldest" FROM executor.job
    WHERE "lock" IS NULL AND "run_at" < now() - make_interval(mins => ${STALLED_MINUTES}::int)`;
  if (!due || due.waiting === 0) return null;
  const [row] = await db.$queryRaw<{ minutes: number | null }[]>`
    SELECT (extract(epoch FROM now() - greatest((SELECT max("ended_at") FROM executor.run),
      (SELECT max("created_at") FROM executor.step), ${due.oldest}::timestamptz)) / 60)::float8 AS "minutes"`;
  return judge({ waiting: due.waiting, minutes: row?.minutes ?? null });
}

function judge({ waiting, minutes }: { waiting: number; minutes: number | null }): Stalled | null {
  return minutes === null || minutes < STALLED_MINUTES ? null : { minutes: Math.floor(minutes), waiting };
}
