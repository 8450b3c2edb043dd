import { syncServerUsage } from '@/features/usage/sync-server-usage';
import { inngest } from '../client';
import { usageRequested } from '../events';

/** All figures of one server. A panel in trouble is no error here: the run says so, and the next turn comes sooner. */
export const syncUsageOfServer = inngest.createFunction(
  {
    id: 'sync-server-usage',
    triggers: [usageRequested],
    retries: 1,
    concurrency: [{ limit: 8 }, { limit: 1, key: 'event.data.serverId' }],
    checkpointing: false,
  },
  async ({ event, step, runId }) => step.run('sync-server-usage', () => syncServerUsage(event.data.serverId, runId)),
);
