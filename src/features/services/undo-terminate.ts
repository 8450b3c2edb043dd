import { type ChangeAnswer, requestChangeIn } from '@/features/operations/request-change';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { SUSPENDED_TO_TERMINATE } from './request-terminate';
import { requireService } from './require-service';

/** Takes a planned removal back; the service is resumed if it was suspended only because of it. */
export async function undoTerminate(ctx: Ctx, input: { id: string }): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  return inTransaction(async (tx) => {
    const undone = await tx.service.updateMany({
      where: { id: service.id, terminateAt: { not: null } },
      data: { terminateAt: null },
    });
    if (undone.count === 0) {
      throw new DomainError(
        'INVALID_STATE',
        'No removal is planned for this service, or it has begun already. Nothing was changed.',
      );
    }
    await recordAudit(tx, ctx, { action: 'service.terminate.undo', targetType: 'service', targetId: service.id });
    const pending = await tx.operation.findFirst({
      where: { serviceId: service.id, kind: 'SUSPEND', state: { in: ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'] } },
    });
    const ours = service.suspendReason === SUSPENDED_TO_TERMINATE || pending !== null;
    return ours
      ? requestChangeIn(tx, ctx, { serviceId: service.id, kind: 'UNSUSPEND', wish: {} })
      : { serviceId: service.id, operationId: null, effect: 'already' };
  });
}
