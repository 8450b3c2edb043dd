import { inTurn, type StepEnd } from '@/features/operations/claim-operation';
import { parkOperation } from '@/features/operations/park-operation';
import { closedBecause, closedNow } from '@/features/servers/closed-because';
import { leaveServer } from './leave-server';
import type { CreateWork } from './load-create';

// The release of a hold wakes who waits; this is for a change that nobody announced.
const LOOK_AGAIN_SECONDS = 60;

/** A server that is held, off or offline gets no calls: go to another if nothing is there yet, else wait. null = it is open. */
export async function waitForServer(work: CreateWork): Promise<StepEnd | null> {
  if (closedBecause(work.open) === null) return null;
  return inTurn(work.run, async (tx) => {
    const reason = await closedNow(tx, work.open);
    if (reason === null) return null;
    const left = await leaveServer(tx, work, reason.code);
    return left ?? parkOperation(tx, work.run, reason, LOOK_AGAIN_SECONDS);
  });
}
