import { wakeForRoom } from '@/features/operations/wake-operations';
import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';

// A server without a limit has room for everybody; so many at a time are enough, the rest look again by themselves.
const AT_MOST = 100;

/**
 * Call it in every transaction that may have made room on a server: added, enabled, released, out of maintenance, limit
 * raised, tags or group changed. As many waiting orders go on as the server can take; none when it can take none.
 */
export async function announceRoom(tx: Tx, serverId: string): Promise<void> {
  const [room] = await tx.$queryRaw<{ moduleId: string; groupId: string | null; free: number }[]>(Prisma.sql`
    SELECT "moduleId", "groupId", LEAST(${AT_MOST}, COALESCE("maxAccounts" - "accountCount" - "unknownCount", ${AT_MOST}))::int AS "free"
    FROM "Server" WHERE "id" = ${serverId} AND "archivedAt" IS NULL AND "status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL`);
  if (room && room.free > 0) await wakeForRoom(tx, room, room.free);
}

/** The same for a change of a product: another group, fewer tags asked for, module switched on again. */
export async function announceRoomForProduct(tx: Tx, productId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "id" IN (
    SELECT o."id" FROM "Operation" o JOIN "Service" v ON v."id" = o."serviceId"
    WHERE o."state" = 'WAITING' AND o."reason"->>'code' = 'no-room' AND v."productId" = ${productId} AND o."nextTryAt" > now()
    ORDER BY o."createdAt" LIMIT ${AT_MOST} FOR UPDATE OF o SKIP LOCKED)`;
}
