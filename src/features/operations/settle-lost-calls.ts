import { freePanelSlot } from '@/features/servers/free-panel-slot';
import type { Tx } from '@/lib/db';
import type { Run, StepEnd } from './claim-operation';
import { handleProvisioningError } from './handle-provisioning-error';
import { parkOperation } from './park-operation';
import { closeLostAttempts, leaseSeconds } from './run-panel-call';

const MAX_CRASHES = 3;

/**
 * Calls of this operation that began and never ended: while one may still be under way the run parks; afterwards they
 * count as unknown. A process that died three times inside one operation asks a person. null = nothing is open.
 */
export async function settleLostCalls(tx: Tx, run: Run, server: { id: string; name: string }): Promise<StepEnd | null> {
  const open = await tx.operationAttempt.count({ where: { operationId: run.operationId, endedAt: null } });
  if (open === 0) return null;
  const seconds = await leaseSeconds(tx, run.operationId);
  if (seconds > 0) return parkOperation(tx, run, { code: 'call-under-way', server }, seconds + 1);
  await closeLostAttempts(tx, run.operationId);
  // The call that held it is over; what is found by looking needs none.
  await freePanelSlot(tx, server.id, run.operationId, false);
  const { crashCount } = await tx.operation.update({
    where: { id: run.operationId },
    data: { crashCount: { increment: 1 }, leaseUntil: null },
  });
  if (crashCount < MAX_CRASHES) return null;
  return handleProvisioningError(tx, run.operationId, 'UNKNOWN', {
    code: 'program-stopped',
    times: crashCount,
    words: 'The program stopped each time while it called the panel.',
  });
}
