import { checkChain } from '@/features/audit/check-chain';
import { inngest } from '../client';

/** Once a night: is the audit log still as it was written? */
export const checkAuditNightly = inngest.createFunction(
  { id: 'check-audit', triggers: [{ cron: '53 3 * * *' }], retries: 2, checkpointing: false },
  async ({ step }) => {
    await step.run('check', async () => {
      const { entries, fault } = await checkChain();
      return { entries, whole: fault === null };
    });
  },
);
