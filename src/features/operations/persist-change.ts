import { openPlacement, releasePlacement } from '@/features/placement/release-placement';
import { endQuietly } from '@/features/placement/select-server';
import { passwordPlace } from '@/features/services/module-service';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { seal } from '@/lib/crypto';
import { db, type Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { addEvent } from './add-event';
import { type ChangeInput, openInput } from './change-input';
import { holdTurn, type Run, type StepEnd } from './claim-operation';
import { type ChangeKind, COURSES } from './courses';
import { DONE } from './load-change';
import { queueChangeEmail } from './queue-change-email';
import { startWanted } from './start-wanted';

/**
 * Step `persist` of work on an existing account: what the panel did becomes the service's, the operation has SUCCEEDED,
 * its input is erased and the next wish begins, all in one transaction. Running it again changes nothing.
 */
export async function persistChange(run: Run): Promise<StepEnd> {
  const before = await db.operation.findUniqueOrThrow({ where: { id: run.operationId } });
  if (before.state === 'SUCCEEDED' && before.dispatch === run.dispatch) return { next: 'go-on' };
  return inTransaction(async (tx): Promise<StepEnd> => {
    const operation = await holdTurn(tx, run);
    if (operation.kind === 'CREATE' || operation.result !== DONE)
      throw new Error('persist without a result: act has to run first');
    const input = await openInput(operation.id, operation.input);
    await promote(tx, operation.serviceId, operation.kind, input);
    await tx.operation.update({
      where: { id: operation.id },
      data: {
        state: 'SUCCEEDED',
        result: null,
        // Which action it was is no secret, and the history names it.
        input: input.actionId === undefined ? {} : { actionId: input.actionId },
        leaseUntil: null,
        nextTryAt: null,
        staleAt: null,
        finishedAt: new Date(),
      },
    });
    await tx.$executeRaw`UPDATE "Operation" SET "reason" = NULL WHERE "id" = ${operation.id}`;
    await recordAudit(tx, systemContext('provisioning'), {
      action: `service.${operation.kind.toLowerCase().replace('_', '-')}`,
      targetType: 'service',
      targetId: operation.serviceId,
      ...(input.reason !== null && { reason: input.reason }),
    });
    await queueChangeEmail(tx, operation.id, operation.serviceId, operation.kind);
    await startWanted(tx, operation.serviceId);
    return { next: 'go-on' };
  }).catch(endQuietly);
}

async function promote(tx: Tx, serviceId: string, kind: ChangeKind, input: ChangeInput): Promise<void> {
  const { after } = COURSES[kind];
  const service = await tx.service.findUniqueOrThrow({ where: { id: serviceId }, include: { server: true } });
  await tx.service.update({
    where: { id: serviceId },
    data: {
      ...(after !== null && { status: after }),
      ...(kind === 'SUSPEND' && { suspendReason: input.reason }),
      ...(kind === 'UNSUSPEND' && { suspendReason: null }),
      ...(kind === 'TERMINATE' && { terminateAt: null, suspendReason: null, password: null }),
      ...(kind === 'CHANGE_PASSWORD' &&
        input.password !== undefined && { password: await seal(input.password, passwordPlace(serviceId)) }),
      ...(kind === 'CHANGE_PACKAGE' &&
        input.change && { productId: input.change.to.productId, configOptions: input.change.to.configOptions }),
    },
  });
  const operation = await tx.operation.findFirstOrThrow({ where: { serviceId, state: 'RUNNING' } });
  await addEvent(tx, operation.id, 'changed', { server: service.server?.name ?? '', status: after });
  if (kind !== 'TERMINATE') return;
  const placement = await openPlacement(tx, serviceId);
  if (placement) await releasePlacement(tx, placement.id, 'terminated');
}
