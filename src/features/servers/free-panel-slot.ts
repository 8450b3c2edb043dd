import { wakeForSlot } from '@/features/operations/wake-operations';
import type { Tx } from '@/lib/db';
import { lockPanelSlots } from './take-panel-slot';

/**
 * Gives the slot back, and lets the longest waiting operation of that server go on. A call that went well on a panel that
 * has just come back doubles what it is given next.
 */
export async function freePanelSlot(tx: Tx, serverId: string, operationId: string, wentWell: boolean): Promise<void> {
  // Whoever finds no slot parks under the same lock, so that nobody parks unseen just after this.
  await lockPanelSlots(tx, serverId);
  const freed =
    await tx.$executeRaw`DELETE FROM "PanelSlot" WHERE "serverId" = ${serverId} AND "operationId" = ${operationId}`;
  if (freed === 0) return;
  const widened = wentWell
    ? await tx.$executeRaw`UPDATE "Server" SET "drainLimit" = NULLIF(LEAST("drainLimit" * 2, "maxParallel"), "maxParallel")
        WHERE "id" = ${serverId} AND "drainLimit" IS NOT NULL`
    : 0;
  await wakeForSlot(tx, serverId, widened === 0 ? 1 : 2);
}

/** Slots whose calls cannot be under way any more, because their processes died: as many waiting operations go on. */
export async function freeLostPanelSlots(tx: Tx): Promise<void> {
  const lost = await tx.$queryRaw<
    { serverId: string }[]
  >`DELETE FROM "PanelSlot" WHERE "leaseUntil" < now() RETURNING "serverId"`;
  for (const { serverId } of lost) await wakeForSlot(tx, serverId, 1);
}
