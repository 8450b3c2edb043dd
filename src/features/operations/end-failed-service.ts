import { isCleanPlacement } from '@/features/placement/is-clean';
import { openPlacement, releasePlacement } from '@/features/placement/release-placement';
import type { Tx } from '@/lib/db';
import { DomainError } from '@/lib/errors';

/** A service whose create failed and left nothing behind simply ends; if something may be left, a person has to look first. */
export async function endFailedService(tx: Tx, serviceId: string): Promise<void> {
  const placement = await openPlacement(tx, serviceId);
  if (placement && !isCleanPlacement(placement.attempts.map((attempt) => attempt.outcome))) {
    throw new DomainError(
      'INVALID_STATE',
      'Its create failed, but its account may exist on the panel. Nothing was changed. Press Retry to find out, or mark the operation as resolved once you have looked.',
    );
  }
  if (placement) await releasePlacement(tx, placement.id, 'cancelled');
  await tx.service.updateMany({
    where: { id: serviceId, status: 'FAILED' },
    data: { status: 'CANCELLED', serverId: null },
  });
}
