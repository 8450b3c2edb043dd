import { wakeForRoom } from '@/features/operations/wake-operations';
import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { isCleanPlacement } from './is-clean';

/** The service's open slot, with what was tried on it. */
export async function openPlacement(tx: Tx, serviceId: string) {
  return tx.placement.findFirst({
    where: { serviceId, releasedAt: null },
    include: { server: true, attempts: { orderBy: { number: 'asc' } } },
  });
}

export type OpenPlacement = NonNullable<Awaited<ReturnType<typeof openPlacement>>>;

/**
 * Gives a slot back: the row and the server's counter in one statement, once however often it is called.
 * Whoever waits longest for room on that server goes on. Returns whether this call released it.
 */
export async function releasePlacement(tx: Tx, placementId: string, why: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ moduleId: string; groupId: string | null }[]>(Prisma.sql`
    WITH released AS (
      UPDATE "Placement" SET "releasedAt" = now(), "releaseReason" = ${why}
      WHERE "id" = ${placementId} AND "releasedAt" IS NULL RETURNING "serverId"
    )
    UPDATE "Server" s SET "accountCount" = s."accountCount" - 1, "updatedAt" = now()
    FROM released WHERE s."id" = released."serverId" RETURNING s."moduleId", s."groupId"`);
  const released = rows[0];
  if (!released) return false;
  await wakeForRoom(tx, released, 1);
  return true;
}

/** Releases the service's slot if nothing can exist on the panel because of it. */
export async function releaseIfClean(tx: Tx, serviceId: string, why: string): Promise<boolean> {
  const placement = await openPlacement(tx, serviceId);
  if (!placement || !isCleanPlacement(placement.attempts.map((attempt) => attempt.outcome))) return false;
  return releasePlacement(tx, placement.id, why);
}
