import { type ChangeAnswer, requestChange } from '@/features/operations/request-change';
import type { Ctx } from '@/lib/context';
import { DEFAULT_PASSWORD_POLICY, generatePassword } from '@/modules/sdk/passwords';
import { requireCapability, requireService } from './require-service';

/**
 * Asks for a new panel password: the given one, else one made to the module's policy. It waits sealed and becomes the
 * service's when the panel has it.
 */
export async function requestChangePassword(
  ctx: Ctx,
  input: { id: string; password?: string | undefined },
): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  const module = await requireCapability(ctx, service, 'changePassword');
  const password = input.password ?? generatePassword(module.policies?.password ?? DEFAULT_PASSWORD_POLICY);
  return requestChange(ctx, { serviceId: service.id, kind: 'CHANGE_PASSWORD', wish: { password } });
}
