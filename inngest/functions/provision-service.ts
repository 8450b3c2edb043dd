import { sendWelcomeEmail } from '@/features/emails/send-welcome-email';
import { selectServer } from '@/features/placement/select-server';
import { createAccount } from '@/features/services/create-account';
import { persist } from '@/features/services/persist';
import { inngest } from '../client';
import { createRequested } from '../events';
import { giveUpRun } from '../give-up-run';
import { toStepResult } from '../step-errors';

/**
 * From an order to a running account. Each step is one verb, safe to run twice; a step that says "stop" has written down
 * why and what wakes the operation, so the run ends and a later one goes on.
 *
 * `checkpointing: false`: a step that returned is never run again, on every executor.
 */
export const provisionService = inngest.createFunction(
  {
    id: 'provision-service',
    triggers: [createRequested],
    retries: 4,
    // Panels that hang must not take every place from mails and the heartbeat.
    concurrency: 12,
    checkpointing: false,
    onFailure: giveUpRun,
  },
  async ({ event, step, runId }) => {
    const run = { operationId: event.data.operationId, dispatch: event.data.dispatch, runId };
    const placed = await step.run('select-server', async () => toStepResult(await selectServer(run)));
    if (!placed.goOn) return placed;
    const created = await step.run('create-account', async () => toStepResult(await createAccount(run)));
    if (!created.goOn) return created;
    const kept = await step.run('persist', async () => toStepResult(await persist(run)));
    if (!kept.goOn) return kept;
    return step.run('send-welcome-email', async () => toStepResult(await sendWelcomeEmail(run)));
  },
);
