import { cleanUp } from '@/features/health/clean-up';
import { inngest } from '../client';

/** Once a night: what is kept only for a time goes. */
export const cleanUpNightly = inngest.createFunction(
  { id: 'clean-up', triggers: [{ cron: '17 3 * * *' }], retries: 2, checkpointing: false },
  async ({ step }) => {
    await step.run('clean-up', () => cleanUp());
  },
);
