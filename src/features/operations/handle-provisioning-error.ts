import { releaseIfClean } from '@/features/placement/release-placement';
import type { Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { addEvent } from './add-event';
import type { Run, StepEnd } from './claim-operation';
import { notifyStaff } from './notify-staff';
import type { OperationReason } from './reasons';
import { startWanted } from './start-wanted';

/** How an operation ends badly: for good until a person changes something (FAILED), or until a person looks (UNKNOWN). */
export type BadEnd = 'FAILED' | 'UNKNOWN';

/**
 * The single end of every failure: state, reason, service status, slot and timeline, in the caller's transaction.
 * FAILED gives the slot back if nothing can exist on the panel; UNKNOWN keeps everything as it is.
 * The caller has made sure that it is its turn.
 */
export async function handleProvisioningError(
  tx: Tx,
  operationId: string,
  end: BadEnd,
  reason: OperationReason,
): Promise<StepEnd> {
  const operation = await tx.operation.update({
    where: { id: operationId },
    data: {
      state: end,
      reason,
      runId: null,
      leaseUntil: null,
      nextTryAt: null,
      staleAt: null,
      finishedAt: end === 'FAILED' ? new Date() : null,
    },
    include: { service: { include: { customer: true, product: true } } },
  });
  await addEvent(tx, operationId, end === 'FAILED' ? 'failed' : 'unknown', {
    code: reason.code,
    words: 'words' in reason ? reason.words : null,
  });
  if (end === 'FAILED' && operation.kind === 'CREATE') {
    await tx.service.updateMany({
      where: { id: operation.serviceId, status: 'PENDING' },
      data: { status: 'FAILED', serverId: null },
    });
    await releaseIfClean(tx, operation.serviceId, 'failed');
  }
  const { service, kind: work } = operation;
  await notifyStaff(tx, {
    kind: end === 'FAILED' ? 'operation-failed' : 'operation-unknown',
    operationId,
    serviceId: service.id,
    work,
    reason,
    service: service.domain ?? `${service.product.name}, ${service.customer.name}`,
  });
  if (end === 'FAILED') await startWanted(tx, operation.serviceId);
  return { next: 'stop', why: reason.code };
}

/**
 * The executor gave a run up (`onFailure`): its retries are used, or something threw that no step expected.
 * Whatever the run had decided by then stands; a run that decided nothing leaves an operation that waits and goes on by itself.
 */
export async function handleRunFailure(work: Pick<Run, 'operationId' | 'dispatch'>, words: string): Promise<void> {
  await inTransaction(async (tx) => {
    const reason: OperationReason = { code: 'unexpected', words: words.slice(0, 500) };
    // Never sooner than the open call's lease and the retry that the run had planned.
    const parked = await tx.$executeRaw`UPDATE "Operation"
      SET "state" = 'WAITING', "runId" = NULL, "staleAt" = NULL, "updatedAt" = now(),
        "reason" = CASE WHEN "nextTryAt" IS NULL THEN ${JSON.stringify(reason)}::jsonb ELSE "reason" END,
        "nextTryAt" = GREATEST("nextTryAt", "leaseUntil", now() + interval '30 seconds')
      WHERE "id" = ${work.operationId} AND "dispatch" = ${work.dispatch} AND "state" = 'RUNNING'`;
    if (parked === 1)
      await addEvent(tx, work.operationId, 'parked', { code: reason.code, words: reason.words, nextTryAt: null });
  });
}
