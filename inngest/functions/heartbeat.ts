import { recordHeartbeat } from '@/features/health/record-heartbeat';
import { inngest } from '../client';

/** A sign of life once a minute: while it is younger than three minutes, the executor is well, whichever it is. */
export const heartbeat = inngest.createFunction(
  { id: 'heartbeat', triggers: [{ cron: '* * * * *' }], retries: 0, checkpointing: false },
  async ({ step }) => {
    await step.run('beat', () => recordHeartbeat('executor'));
  },
);
