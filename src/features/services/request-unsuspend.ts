import { type ChangeAnswer, requestChange } from '@/features/operations/request-change';
import type { Ctx } from '@/lib/context';
import { requireCapability, requireService } from './require-service';

/** Asks for the end of a suspend. */
export async function requestUnsuspend(ctx: Ctx, input: { id: string }): Promise<ChangeAnswer> {
  const service = await requireService(ctx, input.id);
  await requireCapability(ctx, service, 'unsuspend');
  return requestChange(ctx, { serviceId: service.id, kind: 'UNSUSPEND', wish: {} });
}
