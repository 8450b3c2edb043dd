import { capabilitiesOf } from '@/features/modules/capabilities';
import { type ChangeAnswer, requestChangeIn } from '@/features/operations/request-change';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import { requireCapability, requireService } from './require-service';

export interface TerminateInput {
  id: string;
  reason?: string | undefined;
  /** Remove at once although the product has a delay. */
  now?: boolean | undefined;
}

/** Why a suspend was made by a delayed terminate: only such a suspend is undone with it. */
export const SUSPENDED_TO_TERMINATE = 'Waiting for removal';

/**
 * Asks for the removal of the account. A product with a delay is suspended now and removed on its date; until then it can
 * be undone. Otherwise, or with `now`, it is removed as soon as nothing else runs.
 */
export async function requestTerminate(
  ctx: Ctx,
  input: TerminateInput,
): Promise<ChangeAnswer & { terminateAt: string | null }> {
  const service = await requireService(ctx, input.id);
  const module = await requireCapability(ctx, service, 'terminate');
  const days = service.product.terminateAfterDays;
  const delayed =
    days !== null && days > 0 && input.now !== true && (service.status === 'ACTIVE' || service.status === 'SUSPENDED');
  return inTransaction(async (tx) => {
    if (!delayed) {
      const answer = await requestChangeIn(tx, ctx, {
        serviceId: service.id,
        kind: 'TERMINATE',
        wish: { reason: input.reason ?? null },
      });
      return { ...answer, terminateAt: null };
    }
    const canSuspend = service.status === 'ACTIVE' && capabilitiesOf(module).suspend;
    const answer: ChangeAnswer = canSuspend
      ? await requestChangeIn(tx, ctx, {
          serviceId: service.id,
          kind: 'SUSPEND',
          wish: { reason: SUSPENDED_TO_TERMINATE },
        })
      : { serviceId: service.id, operationId: null, effect: 'started' };
    const terminateAt = service.terminateAt ?? new Date(Date.now() + days * 86_400_000);
    await tx.service.update({ where: { id: service.id }, data: { terminateAt } });
    await recordAudit(tx, ctx, {
      action: 'service.terminate.plan',
      targetType: 'service',
      targetId: service.id,
      ...(input.reason !== undefined && { reason: input.reason }),
      after: { terminateAt: terminateAt.toISOString() },
    });
    return { ...answer, terminateAt: terminateAt.toISOString() };
  });
}
