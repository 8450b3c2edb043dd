import { isAllowedIn } from '@/features/services/service-states';
import type { Operation, Service } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import { type ChangeWish, sealInput } from './change-input';
import type { ChangeKind } from './courses';
import { endFailedService } from './end-failed-service';
import { endUnsent, wasSent } from './end-unsent';
import { isUnfinished, UNFINISHED_STATES } from './operation-states';
import { requestOperation } from './request-operation';
import { isWishKind, kindTowards, readWish, WISHED, type WishKind } from './wishes';

export interface RequestedChange {
  serviceId: string;
  kind: ChangeKind;
  wish: ChangeWish;
  /** How long it may wait before it fails with that reason. */
  waitHours?: number;
}

/** What became of a request. */
export interface ChangeAnswer {
  serviceId: string;
  /** The operation that does it; null = it is kept as a wish, or nothing is left to do. */
  operationId: string | null;
  /** started = begins now · wished = begins when what runs has ended · already = it is so, or on its way */
  effect: 'started' | 'wished' | 'already';
}

/** Asks for work on an existing account. Duplicates and late requests have one effect; what does not fit gets a clear no. */
export async function requestChange(ctx: Ctx, request: RequestedChange): Promise<ChangeAnswer> {
  return inTransaction((tx) => requestChangeIn(tx, ctx, request));
}

export async function requestChangeIn(tx: Tx, ctx: Ctx, request: RequestedChange): Promise<ChangeAnswer> {
  const { serviceId, kind } = request;
  await lockUnfinished(tx, serviceId);
  await tx.$queryRaw`SELECT 1 FROM "Service" WHERE "id" = ${serviceId} FOR UPDATE`;
  const service = await tx.service.findUnique({ where: { id: serviceId } });
  if (!service) throw notFound('service');
  const running = await tx.operation.findFirst({ where: { serviceId, state: { in: [...UNFINISHED_STATES] } } });
  if (running && isUnfinished(running.state)) return whileRunning(tx, ctx, request, service, running);
  if (isWishKind(kind) && isAlready(service, kind)) return { serviceId, operationId: null, effect: 'already' };
  if (kind === 'TERMINATE' && service.status === 'FAILED') {
    await endFailedService(tx, serviceId, ctx.actor.name);
    await audit(tx, ctx, request, 'ended');
    return { serviceId, operationId: null, effect: 'already' };
  }
  return start(tx, ctx, request, service);
}

/** Operation before service, as everywhere: two requests at the same time wait for each other here. */
export async function lockUnfinished(tx: Tx, serviceId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Operation" WHERE "serviceId" = ${serviceId} AND "state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN') FOR UPDATE`;
}

async function start(tx: Tx, ctx: Ctx, request: RequestedChange, service: Service): Promise<ChangeAnswer> {
  const { kind, wish, serviceId } = request;
  if (!isAllowedIn(kind, service.status)) {
    throw new DomainError(
      'INVALID_STATE',
      `The service is ${service.status}, so it cannot be done: ${words(kind)} needs a service that is ${needed(kind)}. Nothing was changed.`,
    );
  }
  const id = uuidv7();
  const operation = await requestOperation(tx, ctx, {
    id,
    serviceId,
    kind,
    input: await sealInput(id, wish),
    ...(request.waitHours !== undefined && { waitHours: request.waitHours }),
  });
  await audit(tx, ctx, request, 'started');
  return { serviceId, operationId: operation.id, effect: 'started' };
}

async function whileRunning(
  tx: Tx,
  ctx: Ctx,
  request: RequestedChange,
  service: Service,
  running: Operation,
): Promise<ChangeAnswer> {
  const { kind, serviceId } = request;
  if (!isWishKind(kind)) {
    throw new DomainError(
      'CONFLICT',
      `Something else is under way for this service (${words(running.kind)}, ${running.state}). Wait until it has ended, then ask again. Nothing was changed.`,
    );
  }
  if (service.wanted === null && running.kind === kind)
    return { serviceId, operationId: running.id, effect: 'already' };
  const replaceable = isWishKind(running.kind) || (running.kind === 'CREATE' && kind === 'TERMINATE');
  if (replaceable && !(await wasSent(tx, running))) {
    await endUnsent(tx, ctx, running, 'superseded');
    return kindTowards(service.status, WISHED[kind]) === kind
      ? start(tx, ctx, request, service)
      : { serviceId, operationId: null, effect: 'already' };
  }
  const before = readWish(service.wanted);
  await tx.service.update({
    where: { id: serviceId },
    data: {
      wanted: {
        status: WISHED[kind],
        version: (before?.version ?? 0) + 1,
        reason: request.wish.reason ?? null,
        actor: { type: ctx.actor.type, id: ctx.actor.id, name: ctx.actor.name },
      },
    },
  });
  await audit(tx, ctx, request, 'wished');
  return { serviceId, operationId: null, effect: 'wished' };
}

function isAlready(service: Service, kind: WishKind): boolean {
  return service.status === WISHED[kind] || (service.status === 'CANCELLED' && kind === 'TERMINATE');
}

async function audit(tx: Tx, ctx: Ctx, { kind, serviceId, wish }: RequestedChange, effect: string): Promise<void> {
  await recordAudit(tx, ctx, {
    action: `service.${kind.toLowerCase().replace('_', '-')}.request`,
    targetType: 'service',
    targetId: serviceId,
    ...(wish.reason && { reason: wish.reason }),
    after: { effect },
  });
}

const words = (kind: string) => kind.toLowerCase().replaceAll('_', ' ');
const needed = (kind: ChangeKind) =>
  kind === 'UNSUSPEND' ? 'SUSPENDED' : kind === 'TERMINATE' ? 'ACTIVE or SUSPENDED' : 'ACTIVE';
