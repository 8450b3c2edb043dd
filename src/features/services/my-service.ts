import { z } from 'zod';
import { textsOf } from '@/features/modules/module-texts';
import type { OperationKind, OperationState, ServiceStatus } from '@/generated/prisma/enums';
import type { Ctx } from '@/lib/context';
import { getModule } from '@/modules/registry';
import { isUnfinished } from '../operations/operation-states';
import { currentOperations } from '../operations/queries';
import type { CreateStep } from '../operations/step';
import { type ServiceHistory, serviceHistory } from './my-history';
import type { MyServiceInput } from './my-schema';
import { requireService } from './require-service';

/** A service as its customer sees it: no server's name, no reason of staff, nothing a panel said. */
export interface MyService {
  id: string;
  domain: string | null;
  username: string | null;
  status: ServiceStatus;
  product: string;
  activatedAt: string | null;
  /** Where to reach it; the names a customer types somewhere. */
  hostname: string | null;
  ip: string | null;
  nameservers: string[];
  /** Ports and the like, by the panel's own keys. */
  extras: { key: string; value: string }[];
  passwordKnown: boolean;
  /** What goes on now; `stuck` = the company has to look at it. */
  work: { id: string; kind: OperationKind; state: OperationState; step: CreateStep | null; stuck: boolean } | null;
  history: ServiceHistory[];
}

const record = z.record(z.string(), z.unknown());

/** One's own service in plain facts; NOT_FOUND for everybody else's. */
export async function getMyService(ctx: Ctx, { id, language }: MyServiceInput): Promise<MyService> {
  const service = await requireService(ctx, id);
  const { server } = service;
  const texts = await textsOf(await getModule(service.product.module.slug), language);
  const operation = (await currentOperations([id])).get(id);
  const reachable = service.status === 'ACTIVE' || service.status === 'SUSPENDED';
  return {
    id,
    domain: service.domain,
    username: service.username,
    status: service.status,
    product: service.product.name,
    activatedAt: service.activatedAt?.toISOString() ?? null,
    hostname: reachable ? (server?.hostname ?? null) : null,
    ip: reachable ? (service.dedicatedIp ?? server?.ipAddress ?? null) : null,
    nameservers: reachable ? service.nameservers : [],
    extras: reachable ? extrasOf(service.additionalData) : [],
    passwordKnown: reachable && service.password !== null,
    work: operation
      ? {
          id: operation.id,
          kind: operation.kind,
          state: operation.state,
          step: operation.step,
          stuck: operation.state === 'UNKNOWN' || !isUnfinished(operation.state),
        }
      : null,
    history: await serviceHistory(id, (actionId) => texts(`actions.${actionId}`)),
  };
}

function extrasOf(data: unknown): MyService['extras'] {
  return Object.entries(record.safeParse(data).data ?? {}).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [{ key, value: String(value) }] : [],
  );
}
