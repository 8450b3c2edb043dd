import { addEvent } from '@/features/operations/add-event';
import type { StepEnd } from '@/features/operations/claim-operation';
import { announceAfterCommit } from '@/features/operations/request-operation';
import { readHandPicked } from '@/features/placement/hand-picked';
import { hasOtherServer } from '@/features/placement/has-other-server';
import { releasePlacement } from '@/features/placement/release-placement';
import { readAvoid } from '@/features/placement/select-server';
import type { Tx } from '@/lib/db';
import type { CreateWork } from './load-create';

/**
 * Gives up the slot on this server and announces the operation anew, so that `select-server` finds another one.
 * Only while nothing can exist here, and only if another server could take it now; else null.
 */
export async function leaveServer(tx: Tx, work: CreateWork, why: string, always = false): Promise<StepEnd | null> {
  if (!work.clean) return null;
  // Whoever chose this server by hand wants it, not another one: the order waits for it.
  if (!always && readHandPicked(work.operation.input)) return null;
  const product = await tx.product.findUniqueOrThrow({ where: { id: work.service.product.id } });
  const avoid = [...readAvoid(work.operation.avoid), work.open.record.id];
  if (!always && !(await hasOtherServer(tx, product, avoid))) return null;
  const operation = await tx.operation.findUniqueOrThrow({ where: { id: work.operation.id } });
  const entry = { serverId: work.open.record.id, at: new Date().toISOString(), why };
  const announced = await tx.operation.update({
    where: { id: operation.id },
    data: {
      state: 'QUEUED',
      dispatch: { increment: 1 },
      runId: null,
      nextTryAt: null,
      staleAt: null,
      avoid: [...(Array.isArray(operation.avoid) ? operation.avoid : []), entry].slice(-20),
    },
  });
  await addEvent(tx, operation.id, 'server-left', { server: work.open.record.name, why });
  await releasePlacement(tx, work.placement.id, why);
  announceAfterCommit(announced);
  return { next: 'stop', why };
}
