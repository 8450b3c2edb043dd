import { setTimeout } from 'node:timers/promises';
import { callLimit } from '@/features/servers/call-limits';
import { callPanel } from '@/features/servers/call-panel';
import { freePanelSlot } from '@/features/servers/free-panel-slot';
import type { OpenServer } from '@/features/servers/server-access';
import { takePanelSlot } from '@/features/servers/take-panel-slot';
import { isDatabaseAway } from '@/lib/database-away';
import type { Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import type { LimitedCall, ModuleContext } from '@/modules/sdk/contract';
import type { ModuleError, ModulePending } from '@/modules/sdk/errors';
import { addEvent } from './add-event';
import { inTurn, LostTurn, type Run, type StepEnd } from './claim-operation';
import { parkOperation } from './park-operation';
import type { OperationReason } from './reasons';
import { keepPending } from './resume-pending';

const LEASE_SLACK_SECONDS = 30;
const WRITE_AGAIN_MS = 250;
// Changing calls at one time on a panel whose module does not say.
const DEFAULT_PARALLEL = 4;
// Whoever frees a slot wakes the next; this is for a change that nobody announced.
const LOOK_FOR_SLOT_SECONDS = 120;

export interface PanelCall<T> {
  name: LimitedCall;
  open: OpenServer;
  placementId: string | null;
  serviceId: string;
  /** Secrets of the account that may stand in the call. */
  secrets: readonly string[];
  /** Hash of what is asked, so that a repeat can be seen to ask the same. */
  digest: string;
  idempotencyKey: string;
  reason?: string | null;
  act(ctx: ModuleContext): Promise<T>;
  /** Written in the transaction that ends the attempt: what must not be lost once the panel said "done". */
  keep(tx: Tx, value: T): Promise<void>;
}

export type CallEnd<T> =
  | { end: 'done'; value: T }
  | { end: 'failed'; error: ModuleError }
  /** Accepted, still being built; the reference to go on with is kept. */
  | { end: 'pending'; pending: ModulePending }
  /** Nothing was sent: an earlier call may still be under way, or the panel bears no more calls at one time. */
  | { end: 'parked'; step: StepEnd };

/**
 * The only way to change something on a panel. Before the call: one transaction with the attempt and a lease that no
 * second caller can have. After it: one transaction with the attempt's end and what the panel answered.
 * A kill in between leaves an attempt without an end, which counts as unknown.
 */
export async function runPanelCall<T>(run: Run, call: PanelCall<T>): Promise<CallEnd<T>> {
  const limit = callLimit(call.name, call.open.module.policies, call.open.record.timeouts);
  const started = await beginAttempt(run, call, limit);
  if (started.end !== 'begun') return started;
  const answer = await callPanel(
    call.open,
    {
      call: call.name,
      operationId: run.operationId,
      idempotencyKey: call.idempotencyKey,
      reason: call.reason ?? null,
      serviceId: call.serviceId,
      secrets: call.secrets,
    },
    call.act,
  );
  const endedAt = new Date();
  const stillMine = await writeAnswer(async (tx) => {
    // The operation first, as everywhere: two ends of one operation wait for each other here.
    await tx.$queryRaw`SELECT 1 FROM "Operation" WHERE "id" = ${run.operationId} FOR UPDATE`;
    const ended = await tx.operationAttempt.updateMany({
      where: { id: started.attemptId, endedAt: null },
      data: {
        endedAt,
        outcome: answer.ok ? 'done' : answer.error.outcome,
        errorKind: answer.ok ? null : answer.error.kind,
        words: answer.ok ? null : answer.error.words,
        request: answer.exchange.request,
        answer: answer.exchange.answer,
      },
    });
    // Somebody already counted this call as lost: the account is found by looking, not by this late answer.
    if (ended.count === 0) return wroteItself(tx, run, started.attemptId, endedAt);
    for (const words of answer.warnings) await addEvent(tx, run.operationId, 'warning', { words });
    if (answer.ok) await call.keep(tx, answer.value);
    else if (answer.pending) await keepPending(tx, run.operationId, answer.pending);
    await freePanelSlot(tx, call.open.record.id, run.operationId, answer.ok);
    return endLease(tx, run, answer.ok);
  });
  if (!stillMine) throw new LostTurn(run);
  if (answer.ok) return { end: 'done', value: answer.value };
  return answer.pending ? { end: 'pending', pending: answer.pending } : { end: 'failed', error: answer.error };
}

/**
 * What the panel answered must not be lost because the database is away for a moment: while the lease of the call lives
 * on, nobody else counts it as lost.
 */
async function writeAnswer<T>(write: (tx: Tx) => Promise<T>): Promise<T> {
  const until = Date.now() + (LEASE_SLACK_SECONDS - 5) * 1000;
  for (;;) {
    try {
      return await inTransaction(write);
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > until) throw error;
      await setTimeout(WRITE_AGAIN_MS);
    }
  }
}

/** The commit came through and only its answer was lost: then the end that stands there is our own. */
async function wroteItself(tx: Tx, run: Run, attemptId: string, endedAt: Date): Promise<boolean> {
  const attempt = await tx.operationAttempt.findUniqueOrThrow({ where: { id: attemptId } });
  const { dispatch, runId, state } = await tx.operation.findUniqueOrThrow({ where: { id: run.operationId } });
  const mine = dispatch === run.dispatch && runId === run.runId && state === 'RUNNING';
  return mine && attempt.endedAt?.getTime() === endedAt.getTime();
}

type Begun = { end: 'begun'; attemptId: string } | { end: 'parked'; step: StepEnd };

async function beginAttempt<T>(run: Run, call: PanelCall<T>, limit: number): Promise<Begun> {
  return inTurn(run, async (tx, operation): Promise<Begun> => {
    const { id, name } = call.open.record;
    const park = async (reason: OperationReason, after: number): Promise<Begun> => ({
      end: 'parked',
      step: await parkOperation(tx, run, reason, after),
    });
    const seconds = await leaseSeconds(tx, operation.id);
    if (seconds > 0) return park({ code: 'call-under-way', server: { id, name } }, seconds + 1);
    const leaseFor = limit + LEASE_SLACK_SECONDS;
    const slots = Math.min(call.open.record.maxParallel, call.open.module.policies?.maxParallel ?? DEFAULT_PARALLEL);
    const slot = { operationId: operation.id, limit: slots, leaseSeconds: leaseFor };
    if (!(await takePanelSlot(tx, call.open, slot)))
      return park({ code: 'waiting-for-slot', server: { id, name }, limit: slots }, LOOK_FOR_SLOT_SECONDS);
    await tx.$executeRaw`UPDATE "Operation"
      SET "leaseUntil" = now() + make_interval(secs => ${leaseFor}), "nextTryAt" = NULL, "updatedAt" = now(),
          "staleAt" = now() + make_interval(secs => ${leaseFor + LEASE_SLACK_SECONDS})
      WHERE "id" = ${run.operationId}`;
    const last = await tx.operationAttempt.aggregate({ where: { operationId: operation.id }, _max: { number: true } });
    const attemptId = uuidv7();
    await tx.$executeRaw`INSERT INTO "OperationAttempt"
        ("id", "operationId", "placementId", "serverId", "number", "call", "digest", "sentAt")
      VALUES (${attemptId}, ${operation.id}, ${call.placementId}, ${call.open.record.id},
        ${(last._max.number ?? 0) + 1}, ${call.name}, ${call.digest}, now())`;
    return { end: 'begun', attemptId };
  });
}

/** Seconds until nobody can be calling the panel for this operation any more; 0 = nobody is. */
export async function leaseSeconds(tx: Tx, operationId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ seconds: number }[]>`SELECT
      GREATEST(0, CEIL(EXTRACT(EPOCH FROM "leaseUntil" - now())))::int AS "seconds"
    FROM "Operation" WHERE "id" = ${operationId} AND "leaseUntil" > now()`;
  return row?.seconds ?? 0;
}

/** Ends the lease and wakes whoever parked because of it; false = the run has lost its turn meanwhile. */
async function endLease(tx: Tx, run: Run, done: boolean): Promise<boolean> {
  const rows = await tx.$queryRaw<{ mine: boolean }[]>`UPDATE "Operation" SET "leaseUntil" = NULL, "updatedAt" = now(),
      "attemptCount" = "attemptCount" + ${done ? 1 : 0},
      "nextTryAt" = CASE WHEN "state" = 'WAITING' AND "reason"->>'code' = 'call-under-way' THEN now() ELSE "nextTryAt" END
    WHERE "id" = ${run.operationId}
    RETURNING "dispatch" = ${run.dispatch} AND "runId" = ${run.runId} AND "state" = 'RUNNING' AS "mine"`;
  return rows[0]?.mine ?? false;
}

/** Calls that began and never ended, once nobody can be inside them any more: they count as unknown. Returns how many. */
export async function closeLostAttempts(tx: Tx, operationId: string): Promise<number> {
  return tx.$executeRaw`UPDATE "OperationAttempt" SET "endedAt" = now(), "outcome" = 'unknown', "errorKind" = 'timeout',
      "words" = 'The program stopped during this call, so its answer was lost.'
    WHERE "operationId" = ${operationId} AND "endedAt" IS NULL`;
}
