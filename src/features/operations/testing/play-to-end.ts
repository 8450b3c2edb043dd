import { db } from '@/lib/db';
import { sweepOperations } from '../sweep-operations';
import { playRun } from './play-run';

const ROUNDS = 12;
const SWEEPS = 200;

/**
 * Plays an operation until it has ended or asks a person, with time running fast in between: what waits is due, leases are
 * over, held servers are probed. Nobody presses anything. Others may be played at the same time.
 */
export async function playToEnd(operationId: string): Promise<string> {
  for (let round = 0; round < ROUNDS; round++) {
    const state = await stateOf(operationId);
    if (state === 'QUEUED') await playRun(operationId);
    else if (state !== 'WAITING') return state;
    else await letTimePass(operationId);
  }
  return stateOf(operationId);
}

const stateOf = async (id: string) => (await db.operation.findUniqueOrThrow({ where: { id } })).state;

/** What this operation waits for is due, and the sweep has seen it. */
export async function letTimePass(operationId: string): Promise<void> {
  const { service, reason } = await db.operation.findUniqueOrThrow({
    where: { id: operationId },
    include: { service: { include: { placements: { where: { releasedAt: null } } } } },
  });
  const serverId = service.serverId ?? service.placements[0]?.serverId ?? '';
  const waitsForServer = JSON.stringify(reason).includes('"server-');
  await db.$executeRaw`UPDATE "OperationAttempt" SET "endedAt" = "endedAt" - interval '1 hour' WHERE "operationId" = ${operationId}`;
  await db.$executeRaw`UPDATE "Operation" SET "leaseUntil" = now() - interval '1 second'
    WHERE "id" = ${operationId} AND "leaseUntil" IS NOT NULL`;
  await db.$executeRaw`UPDATE "Server" SET "nextProbeAt" = now() - interval '1 second' WHERE "id" = ${serverId} AND "heldAt" IS NOT NULL`;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    // A server that is held is probed first, or the work would find it held again.
    if (!waitsForServer || (await isOpen(serverId)))
      await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "id" = ${operationId} AND "state" = 'WAITING'`;
    await sweepOperations();
    if ((await stateOf(operationId)) !== 'WAITING') return;
  }
}

async function isOpen(serverId: string): Promise<boolean> {
  return (await db.server.count({ where: { id: serverId, heldAt: { not: null } } })) === 0;
}
