import { freePanelSlot } from '@/features/servers/free-panel-slot';
import type { Operation } from '@/generated/prisma/client';
import { db, type Tx } from '@/lib/db';
import { logger } from '@/lib/logger';
import { isGone, processId } from '@/lib/process-id';
import type { Run, StepEnd } from './claim-operation';
import { handleProvisioningError } from './handle-provisioning-error';
import { parkOperation } from './park-operation';
import { closeLostAttempts, leaseSeconds } from './run-panel-call';

const MAX_CRASHES = 3;
/** So often a process died inside them: the third time nobody else shall be inside. Once, it may have been a deployment. */
const SUSPECT_AFTER = 2;
const SUSPECT_LOOKS_AGAIN_SECONDS = 5;
/** Who has been inside for longer died there, and nobody went on with it. */
const INSIDE_SECONDS = 120;
// Any number that no other part of the program locks.
const SUSPECTS_LOCK = 7_243_002;

interface Place {
  id: string;
  name: string;
}

/**
 * First thing in a step that asks a module anything, inside the run's turn: writes down that this process is inside, so
 * that its death is noticed, whether the module was told to change something or only to look. A call that began and never
 * ended is waited for and then counts as unknown. An operation in which three processes died is given up: FAILED where
 * nothing can have been changed, else a person is asked. null = this run is inside.
 */
export async function enterStep(tx: Tx, run: Run, operation: Operation, server: Place): Promise<StepEnd | null> {
  const open = await tx.operationAttempt.count({ where: { operationId: run.operationId, endedAt: null } });
  if (open > 0) {
    const seconds = await leaseSeconds(tx, run.operationId);
    if (seconds > 0) return parkOperation(tx, run, { code: 'call-under-way', server }, seconds + 1);
    await closeLostAttempts(tx, run.operationId);
    // The call that held it is over; what is found by looking needs none.
    await freePanelSlot(tx, server.id, run.operationId, false);
  }
  const died = open > 0 || (operation.insideBy !== null && (await isGone(tx, operation.insideBy)));
  const crashCount = operation.crashCount + (died ? 1 : 0);
  if (died && crashCount >= MAX_CRASHES) return giveUp(tx, run, crashCount);
  const mustWait = crashCount >= SUSPECT_AFTER && (await anotherSuspectIsInside(tx, run.operationId));
  await tx.$executeRaw`UPDATE "Operation" SET "crashCount" = ${crashCount}, "updatedAt" = now(),
      "leaseUntil" = CASE WHEN ${open > 0} THEN NULL ELSE "leaseUntil" END,
      "insideBy" = ${mustWait ? null : processId}, "insideSince" = now()
    WHERE "id" = ${run.operationId}`;
  if (!mustWait) return null;
  return parkOperation(tx, run, { code: 'after-stop', times: crashCount }, SUSPECT_LOOKS_AGAIN_SECONDS);
}

/** Last thing in such a step, however it ended. What another process wrote down, or a later run, stays. */
export async function leaveStep(run: Run): Promise<void> {
  try {
    await db.$executeRaw`UPDATE "Operation" SET "insideBy" = NULL WHERE "id" = ${run.operationId} AND "insideBy" = ${processId}
      AND NOT ("state" = 'RUNNING' AND "dispatch" <> ${run.dispatch})`;
  } catch (error) {
    // This very process is alive, so nobody takes what stays behind for a death.
    logger.warn({ err: error, operationId: run.operationId }, 'the end of a step could not be written down');
  }
}

async function giveUp(tx: Tx, run: Run, times: number): Promise<StepEnd> {
  await tx.operation.update({ where: { id: run.operationId }, data: { crashCount: times, insideBy: null } });
  const unknown = await tx.operationAttempt.count({ where: { operationId: run.operationId, outcome: 'unknown' } });
  return handleProvisioningError(tx, run.operationId, unknown > 0 ? 'UNKNOWN' : 'FAILED', {
    code: 'program-stopped',
    times,
    words: 'The program stopped each time while it worked with the panel.',
  });
}

/**
 * Operations in which the program stopped again and again go one after another: if one of them is what stops it (a module
 * that never lets go of the processor), the next stop is told of that one alone.
 */
async function anotherSuspectIsInside(tx: Tx, operationId: string): Promise<boolean> {
  // Two of them must not both find nobody.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SUSPECTS_LOCK}::bigint)`;
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM "Operation"
    WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING') AND "crashCount" >= ${SUSPECT_AFTER} AND "id" <> ${operationId}
      AND ("leaseUntil" > now()
        OR ("insideBy" IS NOT NULL AND "insideSince" > now() - make_interval(secs => ${INSIDE_SECONDS})))) AS "found"`;
  return row?.found ?? false;
}
