import type { Tx } from '@/lib/db';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';

/** One run of one dispatch of one operation: every write of it repeats these, so that a run which lost its turn changes nothing. */
export interface Run {
  operationId: string;
  dispatch: number;
  runId: string;
}

/** What a step of a run tells its function: go on, stop here, or call me again after some seconds. */
export type StepEnd =
  | { next: 'go-on' }
  | { next: 'stop'; why: string }
  | { next: 'again'; afterSeconds: number; words: string };

/** This run is no longer the one that works on the operation: it ends quietly. */
export class LostTurn extends Error {
  override readonly name = 'LostTurn';
  constructor(readonly run: Run) {
    super('Another run works on this operation by now.');
  }
}

// Longer than any quiet stretch of a healthy run; whoever waits longer says so in staleAt.
const QUIET_SECONDS = 150;

/** First thing a run does. False = another run has this dispatch, or it is over: end quietly. */
export async function claimOperation(run: Run): Promise<boolean> {
  const claimed = await db.$executeRaw`UPDATE "Operation"
    SET "state" = 'RUNNING', "runId" = ${run.runId}, "startedAt" = COALESCE("startedAt", now()), "updatedAt" = now(),
        "reason" = CASE WHEN "state" = 'QUEUED' THEN NULL ELSE "reason" END, "nextTryAt" = NULL,
        "staleAt" = now() + make_interval(secs => ${QUIET_SECONDS})
    WHERE "id" = ${run.operationId} AND "dispatch" = ${run.dispatch} AND "state" IN ('QUEUED', 'RUNNING')
      AND ("runId" IS NULL OR "runId" = ${run.runId})`;
  return claimed === 1;
}

/** Locks the operation for the rest of the transaction and makes sure that it is still this run's. */
export async function holdTurn(tx: Tx, run: Run) {
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Operation"
    WHERE "id" = ${run.operationId} AND "dispatch" = ${run.dispatch} AND "runId" = ${run.runId} AND "state" = 'RUNNING'
    FOR UPDATE`;
  if (rows.length === 0) throw new LostTurn(run);
  return tx.operation.findUniqueOrThrow({ where: { id: run.operationId } });
}

/** A transaction of this run: nothing is written unless the run still has its turn. */
export function inTurn<T>(run: Run, work: (tx: Tx, operation: Awaited<ReturnType<typeof holdTurn>>) => Promise<T>) {
  return inTransaction(async (tx) => work(tx, await holdTurn(tx, run)));
}
