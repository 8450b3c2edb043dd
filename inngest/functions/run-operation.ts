import { performChange } from '@/features/operations/perform-change';
import { persistChange } from '@/features/operations/persist-change';
import { inngest } from '../client';
import { runRequested } from '../events';
import { giveUpRun } from '../give-up-run';
import { toStepResult } from '../step-errors';

/** Work on an existing account: suspend, unsuspend, terminate, change password or package, custom actions. */
export const runOperation = inngest.createFunction(
  // Panels that hang must not take every place from mails and the heartbeat.
  {
    id: 'run-operation',
    triggers: [runRequested],
    retries: 4,
    concurrency: 12,
    checkpointing: false,
    onFailure: giveUpRun,
  },
  async ({ event, step, runId }) => {
    const run = { operationId: event.data.operationId, dispatch: event.data.dispatch, runId };
    const acted = await step.run('act', async () => toStepResult(await performChange(run)));
    if (!acted.goOn) return acted;
    return step.run('persist', async () => toStepResult(await persistChange(run)));
  },
);
