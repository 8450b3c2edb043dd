import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { endUnsent, wasSent } from './end-unsent';
import { startWanted } from './start-wanted';

/**
 * Ends work that nobody wants any more. Free while nothing was sent; once something was, the panel has to be asked what
 * became of it, which Retry and "Mark as resolved" do.
 */
export async function cancelOperation(
  ctx: Ctx,
  input: { id: string; reason?: string | undefined },
): Promise<{ id: string; state: 'CANCELLED' }> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Operation" WHERE "id" = ${input.id} FOR UPDATE`;
    const operation = await tx.operation.findUnique({ where: { id: input.id } });
    if (!operation) throw notFound('operation');
    if (operation.state !== 'QUEUED' && operation.state !== 'WAITING') {
      throw new DomainError(
        'INVALID_STATE',
        `This operation is ${operation.state}; only one that waits can be cancelled. Nothing was changed.`,
      );
    }
    if (await wasSent(tx, operation)) {
      throw new DomainError(
        'INVALID_STATE',
        'Something was sent to the panel already, and may exist there. Nothing was changed. Press Retry to find out, or mark it as resolved once you have looked.',
      );
    }
    await endUnsent(tx, ctx, operation, 'cancelled');
    await recordAudit(tx, ctx, {
      action: 'operation.cancel',
      targetType: 'operation',
      targetId: operation.id,
      ...(input.reason !== undefined && { reason: input.reason }),
      before: { state: operation.state },
      after: { state: 'CANCELLED' },
    });
    await startWanted(tx, operation.serviceId);
    return { id: operation.id, state: 'CANCELLED' };
  });
}
