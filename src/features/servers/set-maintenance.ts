import { wakeForServer } from '@/features/operations/wake-operations';
import { announceRoom } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import { lockServer } from './lock-server';
import type { MaintenanceInput } from './schema';

/**
 * Maintenance on: no new services and no actions of customers; staff still work there. Off: back to ACTIVE, and waiting
 * orders go on. Setting what is set already changes nothing. Throws NOT_FOUND, INVALID_STATE for an archived server.
 */
export async function setMaintenance(ctx: Ctx, { id, on, reason }: MaintenanceInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const server = await lockServer(tx, id);
    const status = on ? 'MAINTENANCE' : 'ACTIVE';
    if ((server.status === 'MAINTENANCE') === on) return { id };
    await tx.server.update({ where: { id }, data: { status } });
    await recordAudit(tx, ctx, {
      action: 'server.maintenance',
      targetType: 'Server',
      targetId: id,
      reason,
      before: { status: server.status },
      after: { status },
    });
    if (!on) {
      await wakeForServer(tx, id, server.maxParallel);
      await announceRoom(tx, id);
    }
    return { id };
  });
}
