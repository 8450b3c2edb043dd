import { type ChangeAnswer, requestChange } from '@/features/operations/request-change';
import type { Ctx } from '@/lib/context';
import { requireCapability, requireService } from './require-service';

/** Asks for a suspend; the reason goes to the panel where it takes one, and into the history. */
export async function requestSuspend(
  ctx: Ctx,
  input: { id: string; reason?: string | undefined },
): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  await requireCapability(ctx, service, 'suspend');
  return requestChange(ctx, { serviceId: service.id, kind: 'SUSPEND', wish: { reason: input.reason ?? null } });
}
