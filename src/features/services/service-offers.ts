import { capabilitiesOf } from '@/features/modules/capabilities';
import { textsOf } from '@/features/modules/module-texts';
import { readWish } from '@/features/operations/wishes';
import type { Ctx } from '@/lib/context';
import { getModule } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { type RequiredService, requireService } from './require-service';

/** What this person may ask for this service as it is now: what the page offers, no more. */
export interface ServiceOffers {
  suspend: boolean;
  unsuspend: boolean;
  terminate: boolean;
  changePassword: boolean;
  changePackage: boolean;
  actions: { id: string; label: string; confirm: boolean }[];
  /** The button that leads into the panel. */
  login: boolean;
  /** Other ways in that the module knows (webmail). */
  links: { id: string; label: string }[];
  /** A removal that is planned; can be undone until then. */
  terminateAt: string | null;
  /** Days between asking for a removal and doing it; null = at once. */
  terminateAfterDays: number | null;
  /** What was asked while something else ran, and begins after it. */
  wanted: { status: 'SUSPENDED' | 'ACTIVE' | 'TERMINATED'; by: string } | null;
}

export async function readServiceOffers(ctx: Ctx, input: { id: string; language: string }): Promise<ServiceOffers> {
  const service = await requireService(ctx, input.id);
  const module = await getModule(service.product.module.slug);
  const role = ctx.actor.type === 'user' ? ctx.actor.role : 'ADMIN';
  const staff = role !== 'CUSTOMER';
  const can = module ? capabilitiesOf(module) : null;
  const { status } = service;
  const wish = readWish(service.wanted);
  const waitsForCreate = status === 'PENDING' || status === 'FAILED';
  return {
    suspend: staff && status === 'ACTIVE' && (can?.suspend ?? false),
    unsuspend: staff && status === 'SUSPENDED' && (can?.unsuspend ?? false),
    terminate:
      role === 'ADMIN' &&
      (waitsForCreate || status === 'ACTIVE' || status === 'SUSPENDED') &&
      (can?.terminate ?? false),
    changePassword: status === 'ACTIVE' && (can?.changePassword ?? false),
    changePackage: staff && status === 'ACTIVE' && (can?.changePackage ?? false),
    actions: module ? await actionsFor('task', module, service, { staff, language: input.language }) : [],
    login: status === 'ACTIVE' && service.serverId !== null && (can?.sso ?? false),
    links:
      module && service.serverId !== null
        ? await actionsFor('link', module, service, { staff, language: input.language })
        : [],
    terminateAt: service.terminateAt?.toISOString() ?? null,
    terminateAfterDays: service.product.terminateAfterDays,
    // Customers do not learn which of our staff asked for it.
    wanted: wish && staff ? { status: wish.status, by: wish.actor.name } : null,
  };
}

async function actionsFor(
  wanted: 'task' | 'link',
  module: ServerModuleInterface,
  service: RequiredService,
  { staff, language }: { staff: boolean; language: string },
) {
  const texts = await textsOf(module, language);
  const audience = staff ? 'staff' : 'customer';
  const offered = (module.customActions ?? []).filter(
    (action) =>
      action.kind === wanted &&
      (action.audience === 'both' || action.audience === audience) &&
      action.states.includes(service.status),
  );
  return offered.map(({ id, label, confirm }) => ({
    id,
    label: texts(label) ?? texts(`actions.${id}`) ?? label,
    confirm: confirm ?? false,
  }));
}
