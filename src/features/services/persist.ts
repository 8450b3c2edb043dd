import { queueEmail } from '@/features/emails/queue-email';
import { welcomeDataOf } from '@/features/emails/welcome-data';
import { addEvent } from '@/features/operations/add-event';
import { holdTurn, type Run, type StepEnd } from '@/features/operations/claim-operation';
import { handleProvisioningError } from '@/features/operations/handle-provisioning-error';
import type { OperationReason } from '@/features/operations/reasons';
import { startWanted } from '@/features/operations/start-wanted';
import { openPlacement } from '@/features/placement/release-placement';
import { endQuietly } from '@/features/placement/select-server';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { seal } from '@/lib/crypto';
import { db, type Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import type { CreateResult } from '@/modules/sdk/contract';
import { openResult } from './create-result';
import { passwordPlace } from './module-service';
import { ENDED_STATUSES } from './service-states';

/**
 * Step `persist`: the service becomes ACTIVE with what the panel answered, its welcome mail is queued and the operation
 * has SUCCEEDED, all in one transaction. Running it again changes nothing.
 */
export async function persist(run: Run): Promise<StepEnd> {
  const operation = await db.operation.findUniqueOrThrow({ where: { id: run.operationId } });
  if (operation.state === 'SUCCEEDED' && operation.dispatch === run.dispatch) return { next: 'go-on' };
  return inTransaction(async (tx): Promise<StepEnd> => {
    const { result, serviceId } = await holdTurn(tx, run);
    if (result === null) throw new Error('persist without a result: create-account has to run first');
    const created = await openResult(run.operationId, result);
    const belongsTo = await otherOwner(tx, serviceId, created);
    if (belongsTo) return handleProvisioningError(tx, run.operationId, 'UNKNOWN', belongsTo);
    const serverId = await promote(tx, serviceId, created);
    await tx.operation.update({
      where: { id: run.operationId },
      data: {
        state: 'SUCCEEDED',
        result: null,
        input: {},
        leaseUntil: null,
        nextTryAt: null,
        staleAt: null,
        finishedAt: new Date(),
      },
    });
    await tx.$executeRaw`UPDATE "Operation" SET "reason" = NULL WHERE "id" = ${run.operationId}`;
    await welcome(tx, run.operationId, serviceId);
    await recordAudit(tx, systemContext('provisioning'), {
      action: 'service.activate',
      targetType: 'service',
      targetId: serviceId,
      after: { status: 'ACTIVE', serverId },
    });
    await startWanted(tx, serviceId);
    return { next: 'go-on' };
  }).catch(endQuietly);
}

/** Two services must never stand for one account, whatever a panel answers. null = nobody else has it. */
async function otherOwner(tx: Tx, serviceId: string, created: CreateResult): Promise<OperationReason | null> {
  const placement = await openPlacement(tx, serviceId);
  const remoteId = created.remoteId ?? created.username;
  if (!placement || remoteId === undefined) return null;
  const other = await tx.service.findFirst({
    where: { serverId: placement.serverId, remoteId, id: { not: serviceId }, status: { notIn: [...ENDED_STATUSES] } },
  });
  if (!other) return null;
  const server = { id: placement.serverId, name: placement.server.name };
  const found = `The panel answered the account ${remoteId}, which belongs to ${other.domain ?? 'the service'} (${other.id}) already.`;
  return { code: 'not-ours', server, found };
}

/** Writes the panel's answer onto the service. What the panel did not answer stays as we chose it. */
async function promote(tx: Tx, serviceId: string, created: CreateResult): Promise<string> {
  const placement = await openPlacement(tx, serviceId);
  if (!placement) throw new Error('persist without a slot: the account would belong to no server');
  const service = await tx.service.findUniqueOrThrow({ where: { id: serviceId } });
  const password = created.password === undefined ? undefined : await seal(created.password, passwordPlace(serviceId));
  await tx.service.update({
    where: { id: serviceId },
    data: {
      status: 'ACTIVE',
      serverId: placement.serverId,
      activatedAt: new Date(),
      username: created.username ?? service.username,
      remoteId: created.remoteId ?? created.username ?? service.username,
      ...(password !== undefined && { password }),
      ...(created.domain !== undefined && { domain: created.domain }),
      ...(created.dedicatedIp !== undefined && { dedicatedIp: created.dedicatedIp }),
      ...(created.nameservers !== undefined && { nameservers: created.nameservers }),
      ...(created.additionalData !== undefined && { additionalData: created.additionalData }),
    },
  });
  return placement.serverId;
}

async function welcome(tx: Tx, operationId: string, serviceId: string): Promise<void> {
  const service = await tx.service.findUniqueOrThrow({
    where: { id: serviceId },
    include: { customer: true, product: true, server: true },
  });
  await addEvent(tx, operationId, 'activated', { server: service.server?.name ?? '' });
  await queueEmail(tx, {
    operationId,
    serviceId,
    customerId: service.customerId,
    template: 'welcome',
    language: service.customer.language,
    to: service.customer.email,
    data: welcomeDataOf(service),
  });
}
