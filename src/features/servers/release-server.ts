import { wakeForRoom, wakeForServer } from '@/features/operations/wake-operations';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';

/** Puts a held server back to work; the operations that waited longest for it go on first. */
export async function releaseServer(tx: Tx, ctx: Ctx, serverId: string, reason: string): Promise<void> {
  const rows = await tx.$queryRaw<{ moduleId: string; maxParallel: number }[]>`UPDATE "Server"
    SET "heldAt" = NULL, "heldKind" = NULL, "heldReason" = NULL, "nextProbeAt" = NULL, "probeCount" = 0, "updatedAt" = now()
    WHERE "id" = ${serverId} AND "heldAt" IS NOT NULL RETURNING "moduleId", "maxParallel"`;
  const released = rows[0];
  if (!released) return;
  await recordAudit(tx, ctx, { action: 'server.release', targetType: 'server', targetId: serverId, reason });
  const woken = await wakeForServer(tx, serverId, released.maxParallel);
  // Nobody waits for this server itself: whoever waits for any room may have it.
  if (woken === 0) await wakeForRoom(tx, released.moduleId, released.maxParallel);
}
