import { z } from 'zod';
import { UNFINISHED_STATES } from '@/features/operations/operation-states';
import { type ChangeAnswer, lockUnfinished, requestChangeIn } from '@/features/operations/request-change';
import { readWish } from '@/features/operations/wishes';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { SUSPENDED_TO_TERMINATE } from './request-terminate';
import { requireService } from './require-service';

/** Takes a planned removal back; the service is resumed if it was suspended only because of it. */
export async function undoTerminate(ctx: Ctx, input: { id: string }): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  return inTransaction(async (tx) => {
    await lockUnfinished(tx, service.id);
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
    return (await suspendedForRemoval(tx, service.id))
      ? requestChangeIn(tx, ctx, { serviceId: service.id, kind: 'UNSUSPEND', wish: {} })
      : { serviceId: service.id, operationId: null, effect: 'already' };
  });
}

/** Is the service suspended, being suspended, or about to be, because of the removal and for no other reason? */
async function suspendedForRemoval(tx: Tx, serviceId: string): Promise<boolean> {
  const { status, suspendReason, wanted } = await tx.service.findUniqueOrThrow({ where: { id: serviceId } });
  const wish = readWish(wanted);
  if (wish) return wish.status === 'SUSPENDED' && wish.reason === SUSPENDED_TO_TERMINATE;
  if (status === 'SUSPENDED') return suspendReason === SUSPENDED_TO_TERMINATE;
  const pending = await tx.operation.findFirst({
    where: { serviceId, kind: 'SUSPEND', state: { in: [...UNFINISHED_STATES] } },
    select: { input: true },
  });
  return pending !== null && withReason.safeParse(pending.input).data?.reason === SUSPENDED_TO_TERMINATE;
}

const withReason = z.object({ reason: z.string().nullable() });
