import { takeDueServers } from '@/features/usage/announce-usage';
import { inngest } from '../client';
import { usageRequested } from '../events';

const EVENTS_AT_ONCE = 500;

/** Every five minutes: servers whose figures are due get a run of their own. */
export const syncUsage = inngest.createFunction(
  { id: 'sync-usage', triggers: [{ cron: '*/5 * * * *' }], retries: 2, checkpointing: false },
  async ({ step }) => {
    const due = await step.run('take-due-servers', () => takeDueServers());
    for (let at = 0; at < due.length; at += EVENTS_AT_ONCE) {
      await step.sendEvent(
        `fan-out-${at / EVENTS_AT_ONCE}`,
        due.slice(at, at + EVENTS_AT_ONCE).map(({ serverId, turn }) => ({
          ...usageRequested.create({ serverId }),
          // Sent twice by an executor that stopped in between, it is still one run.
          id: `usage:${serverId}:${turn}`,
        })),
      );
    }
    return { servers: due.length };
  },
);
