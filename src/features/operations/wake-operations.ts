import type { Tx } from '@/lib/db';
import { type Announced, announceAfterCommit } from './request-operation';

/** Where room appeared: on a server of this module and group. */
export interface Room {
  moduleId: string;
  groupId: string | null;
}

/** Marks the `count` longest waiting operations that this room is for due now; the sweep announces them. */
export async function wakeForRoom(tx: Tx, { moduleId, groupId }: Room, count: number): Promise<void> {
  await tx.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "id" IN (
    SELECT o."id" FROM "Operation" o JOIN "Service" v ON v."id" = o."serviceId" JOIN "Product" p ON p."id" = v."productId"
    WHERE o."state" = 'WAITING' AND o."reason"->>'code' = 'no-room' AND o."nextTryAt" > now() AND p."moduleId" = ${moduleId}
      AND (p."serverGroupId" IS NULL OR p."serverGroupId" = ${groupId}::text)
    ORDER BY o."createdAt" LIMIT ${count} FOR UPDATE OF o SKIP LOCKED)`;
}

/** Marks the longest waiting operations of one server due now: it was held, or its trouble is over. */
export async function wakeForServer(tx: Tx, serverId: string, count: number): Promise<number> {
  return tx.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "id" IN (
    SELECT "id" FROM "Operation" WHERE "state" = 'WAITING' AND "reason"->'server'->>'id' = ${serverId}
      AND "reason"->>'code' IN ('server-held', 'server-trouble', 'server-not-ready', 'waiting-for-slot') AND "nextTryAt" > now()
    ORDER BY "createdAt" LIMIT ${count} FOR UPDATE SKIP LOCKED)`;
}

/** A panel slot is free: the longest waiting operations of that server, or of others on the same panel, go on at once. */
export async function wakeForSlot(tx: Tx, serverId: string, count: number): Promise<void> {
  const woken = await tx.$queryRaw<Announced[]>`UPDATE "Operation"
    SET "state" = 'QUEUED', "dispatch" = "dispatch" + 1, "runId" = NULL, "nextTryAt" = NULL, "staleAt" = NULL, "updatedAt" = now()
    WHERE "id" IN (SELECT "id" FROM "Operation" WHERE "state" = 'WAITING' AND "reason"->>'code' = 'waiting-for-slot'
      AND "reason"->'server'->>'id' IN (SELECT s."id" FROM "Server" s JOIN "Server" mine ON mine."id" = ${serverId}
        AND (s."id" = mine."id" OR s."panelKey" = mine."panelKey")) ORDER BY "createdAt" LIMIT ${count} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "kind", "dispatch"`;
  for (const operation of woken) announceAfterCommit(operation);
}
