import { chainAudit } from '@/features/audit/chain-audit';
import { inngest } from '../client';

/** Once a minute: what was written into the audit log is linked, so that a later change of it shows. */
export const chainAuditEachMinute = inngest.createFunction(
  { id: 'chain-audit', triggers: [{ cron: '* * * * *' }], retries: 0, checkpointing: false },
  async ({ step }) => {
    await step.run('chain', () => chainAudit());
  },
);
