import { db } from '@/lib/db';
import { sweepOperations } from '../sweep-operations';
import { playRun } from './play-run';

const ROUNDS = 12;

/**
 * Plays an operation until it has ended or asks a person, with time running fast in between: what waits is due, leases are
 * over, held servers are probed. Nobody presses anything.
 */
export async function playToEnd(operationId: string): Promise<string> {
  for (let round = 0; round < ROUNDS; round++) {
    const { state } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
    if (state === 'QUEUED') await playRun(operationId);
    else if (state !== 'WAITING') return state;
    else await letTimePass();
  }
  const { state } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
  return state;
}

/** Everything that waits is due, panels have settled, and the sweep has seen it. */
export async function letTimePass(): Promise<void> {
  await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'WAITING'`;
  await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = now() - interval '1 second' WHERE "leaseUntil" IS NOT NULL`;
  await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "heldAt" IS NOT NULL`;
  await db.$executeRaw`UPDATE "OperationAttempt" SET "sentAt" = "sentAt" - interval '10 minutes', "endedAt" = "endedAt" - interval '10 minutes'
    WHERE "operationId" IN (SELECT "id" FROM "Operation" WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'))`;
  await sweepOperations();
}
