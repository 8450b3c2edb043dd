import { reconcileCounters } from '@/features/placement/reconcile-counters';
import { inngest } from '../client';

/** Once a night: does every server's counter say what is really there? */
export const reconcileCountersNightly = inngest.createFunction(
  { id: 'reconcile-counters', triggers: [{ cron: '41 3 * * *' }], retries: 2, checkpointing: false },
  async ({ step }) => {
    await step.run('reconcile', async () => {
      const { checked, drift } = await reconcileCounters();
      return { checked, wrong: drift.length };
    });
  },
);
