import { isCleanPlacement } from '@/features/placement/is-clean';
import { openPlacement, releasePlacement } from '@/features/placement/release-placement';
import type { Tx } from '@/lib/db';
import { addEvent } from './add-event';
import { beginCancelChecks } from './plan-looks';

/**
 * A service whose create failed ends. Where nothing can be left on the panel that is all; else its slot stays taken while
 * the account is looked for, and one that turns up asks a person.
 */
export async function endFailedService(tx: Tx, serviceId: string, by: string): Promise<void> {
  const placement = await openPlacement(tx, serviceId);
  const clean = placement === null || isCleanPlacement(placement.attempts.map((attempt) => attempt.outcome));
  await tx.service.updateMany({
    where: { id: serviceId, status: 'FAILED' },
    data: { status: 'CANCELLED', serverId: null },
  });
  if (placement && clean) await releasePlacement(tx, placement.id, 'cancelled');
  const create = await tx.operation.findFirst({
    where: { serviceId, kind: 'CREATE', state: 'FAILED' },
    orderBy: { createdAt: 'desc' },
  });
  if (clean || !create) return;
  await tx.operation.update({
    where: { id: create.id },
    data: { state: 'CANCELLED', reason: { code: 'cancelled', by }, input: {} },
  });
  await addEvent(tx, create.id, 'cancelled', { by });
  await beginCancelChecks(tx, create, false);
}
