import { wakeForSlot } from '@/features/operations/wake-operations';
import type { Tx } from '@/lib/db';

/** Gives the slot back, and lets the longest waiting operation of that server go on. */
export async function freePanelSlot(tx: Tx, serverId: string, operationId: string): Promise<void> {
  const freed = await tx.$executeRaw`DELETE FROM "PanelSlot" WHERE "serverId" = ${serverId} AND "operationId" = ${operationId}`;
  if (freed > 0) await wakeForSlot(tx, serverId);
}
