import { announceEmails } from '@/features/emails/announce-emails';
import { freeLostPanelSlots } from '@/features/servers/free-panel-slot';
import { probeServers } from '@/features/servers/probe-servers';
import { startDueTerminations } from '@/features/services/start-due-terminations';
import { Prisma } from '@/generated/prisma/client';
import { db, type Tx } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { addEvent } from './add-event';
import { lookForCancelled } from './cancel-checks';
import { handleProvisioningError } from './handle-provisioning-error';
import { readReason } from './reasons';
import { type Announced, announceAfterCommit, announceOperation } from './request-operation';

// Any number that no other part of the program locks.
const SWEEP_LOCK = 7_243_001;
const AT_ONCE = 100;
/** An event that was sent but never began a run: sent again as a new dispatch. */
const LOST_EVENT_SECONDS = 300;

/**
 * Everything that could be stuck goes on: what was committed and never announced, what is due, what stopped without a
 * word, what has waited too long. One process at a time; independent of the executor. Safe to call at any moment.
 */
export async function sweepOperations(): Promise<void> {
  const mine = await inTransaction(async (tx) => {
    const [lock] = await tx.$queryRaw<
      { mine: boolean }[]
    >`SELECT pg_try_advisory_xact_lock(${SWEEP_LOCK}::bigint) AS "mine"`;
    if (!lock?.mine) return false;
    await wakeDue(tx);
    await restartSilent(tx);
    await freeLostPanelSlots(tx);
    return true;
  });
  if (!mine) return;
  // One part that cannot be done now (the executor is away, a panel hangs) must not keep the others from running.
  const parts = [
    endOverdue(),
    startDueTerminations(),
    announceForgotten(),
    announceEmails(AT_ONCE),
    lookForCancelled(),
    probeServers(),
  ];
  for (const part of await Promise.allSettled(parts)) {
    if (part.status === 'rejected')
      logger.warn({ err: part.reason }, 'a part of the sweep could not be done; it is tried again');
  }
}

/** Each in a transaction of its own: one that cannot be ended must not keep the others waiting. */
async function endOverdue(): Promise<void> {
  const overdue = await db.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Operation" WHERE ${OVERDUE}
    ORDER BY "deadlineAt" LIMIT ${AT_ONCE}`;
  for (const { id } of overdue) {
    await inTransaction((tx) => endIfOverdue(tx, id)).catch((error: unknown) =>
      logger.warn({ err: error, operationId: id }, 'an operation that waited too long could not be ended'),
    );
  }
}

const OVERDUE = Prisma.sql`"state" = 'WAITING' AND "deadlineAt" <= now() AND ("leaseUntil" IS NULL OR "leaseUntil" < now())`;

async function endIfOverdue(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ reason: unknown; hours: number }[]>`SELECT "reason",
      ROUND(EXTRACT(EPOCH FROM "deadlineAt" - "createdAt") / 3600)::int AS "hours"
    FROM "Operation" WHERE "id" = ${id} AND ${OVERDUE} FOR UPDATE SKIP LOCKED`;
  if (!row) return;
  const last = readReason(row.reason)?.code ?? null;
  await handleProvisioningError(tx, id, 'FAILED', { code: 'waited-too-long', hours: row.hours, last });
}

async function wakeDue(tx: Tx): Promise<void> {
  await announceAnew(
    tx,
    await tx.$queryRaw<Announced[]>`UPDATE "Operation"
    SET "state" = 'QUEUED', "dispatch" = "dispatch" + 1, "runId" = NULL, "nextTryAt" = NULL, "staleAt" = NULL, "updatedAt" = now()
    WHERE "id" IN (SELECT "id" FROM "Operation" WHERE "state" = 'WAITING' AND "nextTryAt" <= now()
      ORDER BY "nextTryAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "kind", "dispatch"`,
  );
}

async function restartSilent(tx: Tx): Promise<void> {
  await announceAnew(
    tx,
    await tx.$queryRaw<Announced[]>`UPDATE "Operation"
    SET "state" = 'QUEUED', "dispatch" = "dispatch" + 1, "runId" = NULL, "nextTryAt" = NULL, "staleAt" = NULL, "updatedAt" = now()
    WHERE "id" IN (SELECT "id" FROM "Operation" WHERE ("leaseUntil" IS NULL OR "leaseUntil" < now()) AND (
        ("state" = 'RUNNING' AND "staleAt" < now())
        OR ("state" = 'QUEUED' AND "announced" = "dispatch" AND "announcedAt" < now() - make_interval(secs => ${LOST_EVENT_SECONDS})))
      ORDER BY "createdAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "kind", "dispatch"`,
  );
}

async function announceAnew(tx: Tx, rows: Announced[]): Promise<void> {
  for (const row of rows) {
    await addEvent(tx, row.id, 'went-on');
    announceAfterCommit(row);
  }
}

/** The transaction was committed and the process ended before the event was sent, or the executor was away. */
async function announceForgotten(): Promise<void> {
  const forgotten = await db.$queryRaw<Announced[]>`SELECT "id", "kind", "dispatch" FROM "Operation"
    WHERE "state" = 'QUEUED' AND "announced" < "dispatch" AND "updatedAt" < now() - interval '2 seconds'
    ORDER BY "createdAt" LIMIT ${AT_ONCE}`;
  for (const row of forgotten) await announceOperation(row);
}
