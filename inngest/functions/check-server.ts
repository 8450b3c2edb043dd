import { checkServer } from '@/features/health/check-server';
import { inngest } from '../client';
import { checkRequested } from '../events';

/** One connection test of one server. No retries: a miss is what the check is there to find. */
export const checkOneServer = inngest.createFunction(
  {
    id: 'check-server',
    triggers: [checkRequested],
    retries: 0,
    concurrency: [{ limit: 10 }, { limit: 1, key: 'event.data.serverId' }],
    checkpointing: false,
  },
  async ({ event, step }) => step.run('check-server', () => checkServer(event.data.serverId)),
);
