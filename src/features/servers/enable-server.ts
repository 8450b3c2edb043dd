import type { IdInput } from '@/features/lists/schema';
import { wakeForServer } from '@/features/operations/wake-operations';
import { announceRoom } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import { lockServer } from './lock-server';

/** Switches a server on again; what waited for it, or for any room, goes on. */
export async function enableServer(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const server = await lockServer(tx, id);
    if (!server.isDisabled) return { id };
    await tx.server.update({ where: { id }, data: { isDisabled: false } });
    await recordAudit(tx, ctx, { action: 'server.enable', targetType: 'Server', targetId: id });
    await wakeForServer(tx, id, server.maxParallel);
    await announceRoom(tx, id);
    return { id };
  });
}
