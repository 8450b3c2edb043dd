import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import { lockServer } from './lock-server';
import type { ServerReasonInput } from './schema';

/** Switches a server off: nothing is placed, called, checked or measured there; operations of its services wait. */
export async function disableServer(ctx: Ctx, { id, reason }: ServerReasonInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const server = await lockServer(tx, id);
    if (server.isDisabled) return { id };
    await tx.server.update({ where: { id }, data: { isDisabled: true } });
    await recordAudit(tx, ctx, { action: 'server.disable', targetType: 'Server', targetId: id, reason });
    return { id };
  });
}
