import { sendWelcomeEmail } from '@/features/emails/send-welcome-email';
import type { Run, StepEnd } from '@/features/operations/claim-operation';
import { performChange } from '@/features/operations/perform-change';
import { persistChange } from '@/features/operations/persist-change';
import { selectServer } from '@/features/placement/select-server';
import { createAccount } from '@/features/services/create-account';
import { persist } from '@/features/services/persist';
import { db } from '@/lib/db';

const CREATE_STEPS = [selectServer, createAccount, persist, sendWelcomeEmail];
const CHANGE_STEPS = [performChange, persistChange];

/**
 * Plays the newest dispatch of an operation as its durable function would, without waiting: "again" is at once.
 * Answers how the last step ended.
 */
export async function playRun(operationId: string): Promise<StepEnd> {
  const { dispatch, kind } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
  const run: Run = { operationId, dispatch, runId: `run-${dispatch}` };
  let end: StepEnd = { next: 'go-on' };
  for (const step of kind === 'CREATE' ? CREATE_STEPS : CHANGE_STEPS) {
    do end = await step(run);
    while (end.next === 'again');
    if (end.next === 'stop') return end;
  }
  return end;
}

/** Plays dispatch after dispatch while runs announce a further one (a move to another server, the next name). */
export async function playWhileAnnounced(operationId: string): Promise<StepEnd> {
  for (;;) {
    const end = await playRun(operationId);
    const { state } = await db.operation.findUniqueOrThrow({ where: { id: operationId } });
    if (state !== 'QUEUED') return end;
  }
}
