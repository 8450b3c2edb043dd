import { requireModule } from '@/features/modules/require-module';
import { openServer } from '@/features/servers/server-access';
import { loadModuleService } from '@/features/services/module-service';
import { type RequiredService, requireService } from '@/features/services/require-service';
import type { Ctx } from '@/lib/context';
import { notFound } from '@/lib/errors';
import type { ModuleContext, ModuleServer, ModuleService, ServerModuleInterface } from '@/modules/sdk/contract';
import { askLink, type LoginAnswer } from './ask-link';
import type { LoginTrouble } from './choices';
import type { LoginForm } from './schema';

export interface ServiceLogin extends LoginForm {
  serviceId: string;
  /** The customer who comes by a one-time code instead of a session. */
  codeFor?: { customerId: string };
}

type Opener = (service: ModuleService, server: ModuleServer, panel: ModuleContext) => Promise<unknown>;

/**
 * A one-time link into the panel of an active service, for its owner or for staff with a reason. Throws NOT_FOUND for
 * somebody else's service; every other no is an answer with a code. There is no plain link instead: a page that asks
 * for a password looks like a login that failed.
 */
export async function createSsoUrl(ctx: Ctx, { serviceId, codeFor, ...form }: ServiceLogin): Promise<LoginAnswer> {
  const service = await requireService(ctx, serviceId);
  const module = await requireModule(service.product.module.slug);
  // Given to another customer since the code was made.
  if (codeFor && codeFor.customerId !== service.customerId) throw notFound('service');
  const isCustomer = codeFor !== undefined || (ctx.actor.type === 'user' && ctx.actor.role === 'CUSTOMER');
  const no = (why: LoginTrouble): LoginAnswer => ({ ok: false, why });
  if (!isCustomer && form.reason === '') return no('reason');
  const opener = openerOf(module, form.action, isCustomer);
  if (!opener) return no('not-offered');
  if (service.status !== 'ACTIVE' || service.serverId === null) return no('not-active');
  if (isCustomer && service.server?.status === 'MAINTENANCE') return no('maintenance');
  const visitor = ctx.actor.id ?? service.customerId;
  return askFor(ctx, service, service.serverId, { ...form, opener, visitor });
}

async function askFor(
  ctx: Ctx,
  service: RequiredService,
  serverId: string,
  { reason, action, opener, visitor }: LoginForm & { opener: Opener; visitor: string },
): Promise<LoginAnswer> {
  const open = await openServer(serverId);
  const account = await loadModuleService(service.id, null);
  return askLink(ctx, {
    open,
    visitor,
    about: { targetType: 'service', targetId: service.id, reason, ...(action && { after: { action } }) },
    call: { serviceId: service.id, secrets: account.password === null ? [] : [account.password] },
    ask: (panel) => opener(account, open.server, panel),
  });
}

function openerOf(module: ServerModuleInterface, actionId: string, isCustomer: boolean): Opener | null {
  if (actionId === '') {
    return module.getSSOUrl ? async (service, server, panel) => module.getSSOUrl?.(service, server, panel) : null;
  }
  const audience = isCustomer ? 'customer' : 'staff';
  const link = module.customActions?.find(
    (action) =>
      action.id === actionId &&
      action.kind === 'link' &&
      (action.audience === 'both' || action.audience === audience) &&
      action.states.includes('ACTIVE'),
  );
  return link ? (service, server, panel) => link.run(service, server, undefined, panel) : null;
}
