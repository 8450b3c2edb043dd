import { notifyStaff } from '@/features/operations/notify-staff';
import { wakeForServer } from '@/features/operations/wake-operations';
import { announceRoom } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';

/**
 * Puts a held server back to work: the operation that waited longest goes on first, then two, then four ..., so that a panel
 * that has just come back is not overrun by all that piled up.
 */
export async function releaseServer(tx: Tx, ctx: Ctx, serverId: string, reason: string): Promise<void> {
  const rows = await tx.$queryRaw<{ name: string; maxParallel: number }[]>`UPDATE "Server"
    SET "heldAt" = NULL, "heldKind" = NULL, "heldReason" = NULL, "nextProbeAt" = NULL, "probeCount" = 0,
      "drainLimit" = 1, "updatedAt" = now()
    WHERE "id" = ${serverId} AND "heldAt" IS NOT NULL RETURNING "name", "maxParallel"`;
  const released = rows[0];
  if (!released) return;
  await recordAudit(tx, ctx, { action: 'server.release', targetType: 'server', targetId: serverId, reason });
  await notifyStaff(tx, { kind: 'server-released', serverId, server: released.name, why: reason });
  await wakeForServer(tx, serverId, released.maxParallel);
  await announceRoom(tx, serverId);
}
