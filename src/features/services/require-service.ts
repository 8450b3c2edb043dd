import { capabilitiesOf } from '@/features/modules/capabilities';
import { requireModule } from '@/features/modules/require-module';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';

type Capability = 'suspend' | 'unsuspend' | 'terminate' | 'changePassword' | 'changePackage';

/** The service, if this person may see it; for customers somebody else's looks like none. */
export async function requireService(ctx: Ctx, serviceId: string) {
  const service = await db.service.findUnique({
    where: { id: serviceId },
    include: { product: { include: { module: true } }, server: true },
  });
  if (!service) throw notFound('service');
  const { actor } = ctx;
  if (actor.type === 'user' && actor.role === 'CUSTOMER' && service.customerId !== actor.customerId)
    throw notFound('service');
  return service;
}

export type RequiredService = Awaited<ReturnType<typeof requireService>>;

/** The module of a service, if it can do this at all; and customers have to keep off a server in maintenance. */
export async function requireCapability(ctx: Ctx, service: RequiredService, capability: Capability) {
  refuseDuringMaintenance(ctx, service);
  const module = await requireModule(service.product.module.slug);
  if (capabilitiesOf(module)[capability]) return module;
  throw new DomainError(
    'INVALID_STATE',
    `${module.name} cannot do this (${capability}). Nothing was changed. Do it on the panel itself.`,
  );
}

export function refuseDuringMaintenance({ actor }: Ctx, service: RequiredService): void {
  const isCustomer = actor.type === 'user' && actor.role === 'CUSTOMER';
  if (!isCustomer || service.server?.status !== 'MAINTENANCE') return;
  throw new DomainError(
    'UNAVAILABLE',
    'The server of this service is being worked on, so nothing can be changed right now. Nothing was changed. Try again later.',
  );
}
