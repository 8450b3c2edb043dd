import { deliverEmail } from '@/features/emails/deliver-email';
import { inngest } from '../client';
import { emailRequested } from '../events';

/**
 * Sends one kept mail. A mail server in trouble is no error here: the row says when to try again and the sweep
 * announces it then, so a run never waits. Retries are for our own trouble, a lost database above all.
 */
export const sendEmail = inngest.createFunction(
  { id: 'send-email', triggers: [emailRequested], retries: 3, checkpointing: false },
  async ({ event, step }) => {
    const { emailId } = event.data;
    const delivery = await step.run('deliver-email', () => deliverEmail(emailId));
    return { emailId, delivery };
  },
);
