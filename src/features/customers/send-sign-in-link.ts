import { queueEmail } from '@/features/emails/queue-email';
import { customerUser } from '@/features/users/customer-user';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';

/** A day: the customer did not ask for it this minute. */
const VALID_MINUTES = 24 * 60;

/**
 * Mails a customer a link that signs in once, within a day; who never signed in can do so from now on. Throws NOT_FOUND,
 * CONFLICT and INVALID_STATE as `customerUser`, TOO_MANY_REQUESTS after three within 15 minutes.
 */
export async function sendSignInLink(ctx: Ctx, { id }: IdInput): Promise<{ to: string }> {
  const customer = await db.customer.findUnique({ where: { id } });
  if (!customer) throw notFound('customer');
  const { name, email, language } = customer;
  await takeTry('mail-link', email);
  return inTransaction(async (tx) => {
    const userId = await customerUser(tx, ctx, id);
    await queueEmail(tx, {
      operationId: null,
      serviceId: null,
      customerId: id,
      template: 'sign-in-link',
      language,
      to: email,
      data: { name, userId, minutes: VALID_MINUTES, returnTo: null },
    });
    await recordAudit(tx, ctx, {
      action: 'customer.send-sign-in-link',
      targetType: 'Customer',
      targetId: id,
      after: { to: email },
    });
    return { to: email };
  });
}
