import { requireModule } from '@/features/modules/require-module';
import { type ChangeAnswer, requestChange } from '@/features/operations/request-change';
import type { Ctx } from '@/lib/context';
import { badInput, DomainError } from '@/lib/errors';
import { refuseDuringMaintenance, requireService } from './require-service';

const CUSTOMER_WAITS_HOURS = 2 / 60;

/** Asks for one of the module's own actions (start, stop, restart ...), if it is offered to this person in this state. */
export async function requestAction(
  ctx: Ctx,
  input: { id: string; actionId: string; input?: unknown },
): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  refuseDuringMaintenance(ctx, service);
  const module = await requireModule(service.product.module.slug);
  const isCustomer = ctx.actor.type === 'user' && ctx.actor.role === 'CUSTOMER';
  const action = module.customActions?.find(
    ({ id, kind, audience }) =>
      id === input.actionId && kind === 'task' && (audience === 'both' || (audience === 'customer') === isCustomer),
  );
  if (!action) throw badInput(['actionId'], `This service has no action "${input.actionId}". Nothing was done.`);
  if (!action.states.includes(service.status)) {
    throw new DomainError(
      'INVALID_STATE',
      `This needs a service that is ${action.states.join(' or ')}; it is ${service.status}. Nothing was done.`,
    );
  }
  const parsed = action.input?.safeParse(input.input);
  if (parsed && !parsed.success) {
    const issue = parsed.error.issues[0];
    throw badInput(['input', ...(issue?.path ?? []).map(String)], issue?.message ?? 'The values are not right.');
  }
  return requestChange(ctx, {
    serviceId: service.id,
    kind: 'CUSTOM_ACTION',
    wish: { actionId: action.id, actionInput: parsed?.data },
    ...(isCustomer && { waitHours: CUSTOMER_WAITS_HOURS }),
  });
}
