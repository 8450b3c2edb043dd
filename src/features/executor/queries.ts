import { env } from '@/env';
import { db } from '@/lib/db';
import { executorState, heartbeatAge } from '../health/check-health';
import { hasExecutorTables } from './executor-tables';
import { type AboutRun, namesOfRuns } from './name-runs';
import { findStalled, type Stalled } from './stalled';

const SHOWN = 20;

export interface ExecutorFunction {
  id: string;
  name: string;
  events: string[];
  crons: string[];
  retries: number;
  /** The next fire of its crons. */
  nextAt: string | null;
  running: number;
  /** Of the last 24 hours. */
  completed: number;
  failed: number;
}

export interface ExecutorRun {
  id: string;
  functionId: string;
  status: 'running' | 'completed' | 'failed' | 'cancelled';
  startedAt: string;
  endedAt: string | null;
  /** Redacted by the function before it was thrown. */
  error: string | null;
  about: AboutRun | null;
}

export interface ExecutorPage {
  mode: 'embedded' | 'inngest-dev' | 'inngest';
  state: 'ok' | 'starting' | 'silent' | 'stalled';
  heartbeatAt: string | null;
  stalled: Stalled | null;
  /** By the operations, whoever runs them. */
  work: { queued: number; running: number; finishedLastHour: number };
  /** What only the embedded executor's own tables say; null where an Inngest server keeps it. */
  own: {
    processes: { id: string; host: string; startedAt: string; seenAt: string }[];
    functions: ExecutorFunction[];
    recent: ExecutorRun[];
    failed: ExecutorRun[];
  } | null;
}

/** What drives the background work, how it is, and what it did lately. */
export async function getExecutor(): Promise<ExecutorPage> {
  const mode = executorMode();
  const [age, stalled, work] = await Promise.all([heartbeatAge(), findStalled(), countWork()]);
  const own = mode === 'embedded' && (await hasExecutorTables()) ? await readOwn() : null;
  const state = executorState(age, process.uptime());
  return {
    mode,
    state: state === 'ok' && stalled ? 'stalled' : state,
    heartbeatAt: age === null ? null : new Date(Date.now() - age * 1000).toISOString(),
    stalled,
    work,
    own,
  };
}

function executorMode(): ExecutorPage['mode'] {
  if (env.HYBLE_EXECUTOR === 'embedded') return 'embedded';
  return env.INNGEST_DEV && env.INNGEST_DEV !== '0' ? 'inngest-dev' : 'inngest';
}

async function countWork(): Promise<ExecutorPage['work']> {
  const [row] = await db.$queryRaw<ExecutorPage['work'][]>`
    SELECT count(*) FILTER (WHERE "state" = 'QUEUED')::int AS "queued", count(*) FILTER (WHERE "state" = 'RUNNING')::int AS "running",
      (SELECT count(*)::int FROM "Operation" WHERE "finishedAt" > now() - interval '1 hour') AS "finishedLastHour"
    FROM "Operation" WHERE "state" IN ('QUEUED', 'RUNNING')`;
  return row ?? { queued: 0, running: 0, finishedLastHour: 0 };
}

async function readOwn(): Promise<NonNullable<ExecutorPage['own']>> {
  const [processes, functions, recent, failed] = await Promise.all([
    db.$queryRaw<{ id: string; host: string; startedAt: Date; seenAt: Date }[]>`
      SELECT "owner"::text AS "id", "host", "started_at" AS "startedAt", "seen_at" AS "seenAt" FROM executor.process
      WHERE "seen_at" > now() - interval '1 minute' ORDER BY "started_at"`,
    readFunctions(),
    readRuns(false),
    readRuns(true),
  ]);
  const names = await namesOfRuns([...recent, ...failed]);
  const told = (run: RunRow): ExecutorRun => ({
    id: run.id,
    functionId: run.functionId,
    status: run.status,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    error: run.error?.slice(0, 300) ?? null,
    about: names(run),
  });
  return {
    processes: processes.map(({ id, host, startedAt, seenAt }) => ({
      id,
      host,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
    })),
    functions,
    recent: recent.map(told),
    failed: failed.map(told),
  };
}

async function readFunctions(): Promise<ExecutorFunction[]> {
  const rows = await db.$queryRaw<(Omit<ExecutorFunction, 'nextAt'> & { nextAt: Date | null })[]>`
    SELECT f."id", f."name", f."events", f."crons", f."retries",
      (SELECT min(c."next_at") FROM executor.cron c WHERE c."fn_id" = f."id") AS "nextAt",
      (SELECT count(*)::int FROM executor.run r WHERE r."fn_id" = f."id" AND r."status" = 'running') AS "running",
      COALESCE(d."completed", 0) AS "completed", COALESCE(d."failed", 0) AS "failed"
    FROM executor.function f LEFT JOIN (
      SELECT "fn_id", count(*) FILTER (WHERE "status" = 'completed')::int AS "completed",
        count(*) FILTER (WHERE "status" = 'failed')::int AS "failed"
      FROM executor.run WHERE "created_at" > now() - interval '24 hours' GROUP BY 1) d ON d."fn_id" = f."id"
    ORDER BY f."id"`;
  return rows.map(({ nextAt, ...row }) => ({ ...row, nextAt: nextAt?.toISOString() ?? null }));
}

export interface RunRow {
  id: string;
  functionId: string;
  status: ExecutorRun['status'];
  startedAt: Date;
  endedAt: Date | null;
  error: string | null;
  operationId: string | null;
  emailId: string | null;
  serverId: string | null;
}

/** The heartbeat comes every minute and says nothing but that it came: it stays out of what is shown. */
async function readRuns(failed: boolean): Promise<RunRow[]> {
  return db.$queryRaw<RunRow[]>`
    SELECT "id"::text, "fn_id" AS "functionId", "status", "created_at" AS "startedAt", "ended_at" AS "endedAt", "error"->>'message' AS "error",
      "event"->'data'->>'operationId' AS "operationId", "event"->'data'->>'emailId' AS "emailId", "event"->'data'->>'serverId' AS "serverId"
    FROM executor.run WHERE (NOT ${failed} OR "status" = 'failed') AND "fn_id" <> 'hyble-heartbeat'
    ORDER BY "created_at" DESC LIMIT ${SHOWN}`;
}
