import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { addEvent } from './add-event';
import { isRetryable } from './operation-states';
import { announceAfterCommit } from './request-operation';

/**
 * Staff press "Retry": the operation goes on at once with fresh attempts. What an earlier attempt may have left on the
 * panel is looked for first, so pressing it is always safe.
 */
export async function retryOperation(ctx: Ctx, input: { id: string }): Promise<{ id: string; state: 'QUEUED' }> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Operation" WHERE "id" = ${input.id} FOR UPDATE`;
    const operation = await tx.operation.findUnique({ where: { id: input.id } });
    if (!operation) throw notFound('operation');
    if (!isRetryable(operation.state)) {
      throw new DomainError(
        'INVALID_STATE',
        `This operation is ${operation.state}, so there is nothing to retry. Only one that failed, waits or needs a look can be retried.`,
      );
    }
    await refuseIfSuperseded(tx, operation);
    const announced = await tx.operation.update({
      where: { id: operation.id },
      data: {
        state: 'QUEUED',
        dispatch: { increment: 1 },
        runId: null,
        nextTryAt: null,
        staleAt: null,
        finishedAt: null,
        attemptCount: 0,
        crashCount: 0,
        insideBy: null,
        avoid: [],
        // Staff may have mended the definition; only work that the panel has accepted is bound to the old one.
        ...(operation.pendingRef === null && { definitionVersion: null }),
        deadlineAt: new Date(Math.max(operation.deadlineAt.getTime(), Date.now() + 3_600_000)),
      },
    });
    if (operation.kind === 'CREATE') {
      await tx.service.updateMany({
        where: { id: operation.serviceId, status: 'FAILED' },
        data: { status: 'PENDING' },
      });
    }
    await addEvent(tx, operation.id, 'retried', { by: ctx.actor.name });
    await recordAudit(tx, ctx, {
      action: 'operation.retry',
      targetType: 'operation',
      targetId: operation.id,
      before: { state: operation.state },
      after: { state: 'QUEUED' },
    });
    announceAfterCommit(announced);
    return { id: operation.id, state: 'QUEUED' };
  });
}

/** A failure that has been followed by other work tells nothing any more of how things stand. */
export async function refuseIfSuperseded(
  tx: Tx,
  operation: { id: string; serviceId: string; createdAt: Date },
): Promise<void> {
  const newer = await tx.operation.findFirst({
    where: { serviceId: operation.serviceId, createdAt: { gt: operation.createdAt } },
  });
  if (newer) {
    throw new DomainError(
      'CONFLICT',
      'A newer operation of this service exists, so this one is history. Look at the newest one instead.',
    );
  }
}
