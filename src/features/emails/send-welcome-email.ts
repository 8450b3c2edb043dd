import type { Run, StepEnd } from '@/features/operations/claim-operation';
import { db } from '@/lib/db';
import { deliverEmail } from './deliver-email';

/**
 * Step `send-welcome-email`: one try at once, so that the customer need not wait for the sweep. Whatever comes of it, the
 * order is done: a mail that could not be sent has retries of its own.
 */
export async function sendWelcomeEmail(run: Run): Promise<StepEnd> {
  const email = await db.emailMessage.findUnique({
    where: { operationId_template: { operationId: run.operationId, template: 'welcome' } },
  });
  if (email?.state === 'QUEUED') await deliverEmail(email.id);
  return { next: 'go-on' };
}
