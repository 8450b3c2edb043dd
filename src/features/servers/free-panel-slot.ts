import { wakeForSlot } from '@/features/operations/wake-operations';
import type { Tx } from '@/lib/db';

/**
 * Gives the slot back, and lets the longest waiting operation of that server go on. A call that went well on a panel that
 * has just come back doubles what it is given next.
 */
export async function freePanelSlot(tx: Tx, serverId: string, operationId: string, wentWell: boolean): Promise<void> {
  const freed =
    await tx.$executeRaw`DELETE FROM "PanelSlot" WHERE "serverId" = ${serverId} AND "operationId" = ${operationId}`;
  if (freed === 0) return;
  const widened = wentWell
    ? await tx.$executeRaw`UPDATE "Server" SET "drainLimit" = NULLIF(LEAST("drainLimit" * 2, "maxParallel"), "maxParallel")
        WHERE "id" = ${serverId} AND "drainLimit" IS NOT NULL`
    : 0;
  await wakeForSlot(tx, serverId, widened === 0 ? 1 : 2);
}
