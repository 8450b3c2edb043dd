import { lookUpAccount } from '@/features/services/look-up-account';
import type { Operation } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { addEvent } from './add-event';
import { endUnsent, wasSent } from './end-unsent';
import { lookFor } from './look-for';
import { beginCancelChecks } from './plan-looks';
import { startWanted } from './start-wanted';

/**
 * Ends work that nobody wants any more. Free while nothing was sent. A create that was sent is looked for first: our account
 * is never left behind, and what is not there yet is looked for again later, its slot kept until then.
 */
export async function cancelOperation(
  ctx: Ctx,
  input: { id: string; reason?: string | undefined },
): Promise<{ id: string; state: 'CANCELLED' }> {
  const before = await db.operation.findUnique({ where: { id: input.id } });
  if (!before) throw notFound('operation');
  refuseUnlessWaiting(before);
  const sent = await wasSent(db, before);
  if (sent) await refuseUnlessAbsent(before);
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Operation" WHERE "id" = ${input.id} FOR UPDATE`;
    const operation = await tx.operation.findUniqueOrThrow({ where: { id: input.id } });
    refuseUnlessWaiting(operation);
    if ((await wasSent(tx, operation)) !== sent)
      throw new DomainError('CONFLICT', 'The operation went on meanwhile. Nothing was changed. Look at it again.');
    if (sent) await endSentCreate(tx, ctx, operation);
    else await endUnsent(tx, ctx, operation, 'cancelled');
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

function refuseUnlessWaiting({ state }: Operation): void {
  if (state === 'QUEUED' || state === 'WAITING') return;
  throw new DomainError(
    'INVALID_STATE',
    `This operation is ${state}; only one that waits can be cancelled. Nothing was changed.`,
  );
}

/** Asks the panel; what is ours there must not be forgotten, and where nobody can look an administrator has to know. */
async function refuseUnlessAbsent(operation: Operation): Promise<void> {
  if (operation.kind !== 'CREATE') {
    throw new DomainError(
      'INVALID_STATE',
      'Something was sent to the panel already, and may have been done. Nothing was changed. Press Retry to find out; a suspend, resume or removal asked for now begins right after it.',
    );
  }
  const look = await lookFor(operation);
  const found = look ? await lookUpAccount(look.work, look.sentAt) : { found: 'nothing' as const };
  if (found.found === 'nothing' || found.found === 'other') return;
  const seen = {
    ours: 'our account is there. Press Retry: it becomes this service’s, and can be terminated then',
    failed: 'it could not be asked. Try again when it answers',
    cannot: 'it cannot show accounts. Look there yourself; an administrator can then mark this as resolved',
  };
  throw new DomainError('CONFLICT', `The panel was asked, and ${seen[found.found]}. Nothing was cancelled.`);
}

async function endSentCreate(tx: Tx, ctx: Ctx, operation: Operation): Promise<void> {
  await tx.operation.update({
    where: { id: operation.id },
    data: {
      state: 'CANCELLED',
      reason: { code: 'cancelled', by: ctx.actor.name },
      runId: null,
      staleAt: null,
      input: {},
      finishedAt: new Date(),
    },
  });
  await addEvent(tx, operation.id, 'cancelled', { by: ctx.actor.name });
  await tx.service.updateMany({
    where: { id: operation.serviceId, status: { in: ['PENDING', 'FAILED'] } },
    data: { status: 'CANCELLED', serverId: null },
  });
  await beginCancelChecks(tx, operation, true);
}
