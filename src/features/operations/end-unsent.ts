import { releaseIfClean } from '@/features/placement/release-placement';
import type { Operation } from '@/generated/prisma/client';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { addEvent } from './add-event';

/** May something exist or have changed on a panel because of this operation? */
export async function wasSent(tx: Tx, operation: Pick<Operation, 'id' | 'state' | 'pendingRef'>): Promise<boolean> {
  if (operation.state === 'RUNNING' || operation.pendingRef !== null) return true;
  const uncertain = await tx.operationAttempt.count({
    where: { operationId: operation.id, OR: [{ outcome: null }, { outcome: { in: ['unknown', 'done'] } }] },
  });
  return uncertain > 0;
}

/** Ends an operation that never did anything anywhere: free, at once. A create that ends so ends its service too. */
export async function endUnsent(
  tx: Tx,
  ctx: Ctx,
  operation: Operation,
  why: 'superseded' | 'cancelled',
): Promise<void> {
  await tx.operation.update({
    where: { id: operation.id },
    data: {
      state: 'CANCELLED',
      reason: { code: 'cancelled', by: ctx.actor.name },
      runId: null,
      nextTryAt: null,
      staleAt: null,
      input: {},
      finishedAt: new Date(),
    },
  });
  await addEvent(tx, operation.id, why, { by: ctx.actor.name });
  if (operation.kind !== 'CREATE') return;
  await tx.service.updateMany({
    where: { id: operation.serviceId, status: { in: ['PENDING', 'FAILED'] } },
    data: { status: 'CANCELLED', serverId: null },
  });
  await releaseIfClean(tx, operation.serviceId, 'cancelled');
}
