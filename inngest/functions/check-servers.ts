import { takeDueChecks } from '@/features/health/take-due-checks';
import { inngest } from '../client';
import { checkRequested } from '../events';

/** Every minute the servers whose check is due, so that they spread over the interval by themselves. */
export const checkServers = inngest.createFunction(
  { id: 'check-servers', triggers: [{ cron: '* * * * *' }], retries: 0, checkpointing: false },
  async ({ step }) => {
    const due = await step.run('take-due-checks', () => takeDueChecks());
    if (due.length > 0) {
      await step.sendEvent(
        'fan-out',
        due.map(({ serverId, turn }) => ({ ...checkRequested.create({ serverId }), id: `check:${serverId}:${turn}` })),
      );
    }
    return { servers: due.length };
  },
);
