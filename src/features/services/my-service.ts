import { z } from 'zod';
import { type ModuleTexts, textsOf } from '@/features/modules/module-texts';
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
  /** A removal that is planned. */
  endsAt: string | null;
  /** Where to reach it; the names a customer types somewhere. */
  hostname: string | null;
  ip: string | null;
  /** What players type to join: name and port in one. */
  connectTo: string | null;
  nameservers: string[];
  /** Ports and the like, by the panel's own keys; `label`: the module's word for it. */
  extras: { key: string; label: string | null; value: string }[];
  passwordKnown: boolean;
  /** What goes on now; `stuck` = the company has to look at it. */
  work: { id: string; kind: OperationKind; state: OperationState; step: CreateStep | null; stuck: boolean } | null;
  history: ServiceHistory[];
}

const record = z.record(z.string(), z.unknown());

/** One's own service in plain facts; NOT_FOUND for everybody else's. */
export async function getMyService(ctx: Ctx, { id, language }: MyServiceInput): Promise<MyService> {
  // Before the service itself: a page that saw work end and the state before its end would stop asking.
  const operation = (await currentOperations([id])).get(id);
  const service = await requireService(ctx, id);
  const { server } = service;
  const module = await getModule(service.product.module.slug);
  const texts = await textsOf(module, language);
  const reachable = service.status === 'ACTIVE' || service.status === 'SUSPENDED';
  const hostname = reachable ? (server?.hostname ?? null) : null;
  const extras = reachable ? extrasOf(service.additionalData, texts) : [];
  // An address that its panel gave the account goes before the one that the whole server shares.
  const own = service.dedicatedIp ?? extras.find(({ key }) => key === 'ip')?.value;
  const ip = reachable ? (own ?? server?.ipAddress ?? null) : null;
  const port = extras.find(({ key }) => key === 'port')?.value;
  return {
    id,
    domain: service.domain,
    username: service.username,
    status: service.status,
    product: service.product.name,
    activatedAt: service.activatedAt?.toISOString() ?? null,
    endsAt: service.status === 'TERMINATED' ? null : (service.terminateAt?.toISOString() ?? null),
    hostname,
    ip,
    connectTo: module?.type === 'game' && hostname && port ? `${hostname}:${port}` : null,
    nameservers: reachable ? service.nameservers : [],
    // What another line says already stays out.
    extras: extras.filter(({ value }) => value !== ip && value !== hostname),
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

function extrasOf(data: unknown, texts: ModuleTexts): MyService['extras'] {
  return Object.entries(record.safeParse(data).data ?? {}).flatMap(([key, value]) =>
    (typeof value === 'string' && value !== '') || typeof value === 'number'
      ? [{ key, label: texts(`results.${key}`), value: String(value) }]
      : [],
  );
}
