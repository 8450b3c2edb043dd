import { setTimeout as sleep } from 'node:timers/promises';
import { queueEmail } from '@/features/emails/queue-email';
import { recordAudit } from '@/lib/audit';
import { addressForLimits } from '@/lib/client-address';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { customerUser } from './customer-user';
import type { RequestLinkInput } from './schema';

interface Visitor {
  address: string | null;
  requestId: string;
}

/** Long enough to find the mail, short enough to be worthless in a mailbox that somebody reads later. */
const VALID_MINUTES = 30;
/** Whether there is such an account must not show in the time either. */
const ANSWERED_AFTER_MS = 400;

/**
 * Mails a one-time link to whoever has this address: to sign in (customers), or to choose a new password (everybody).
 * The answer is the same for an address that nobody has. Throws TOO_MANY_REQUESTS after 3 for one address of mail, or 20
 * from one visitor, within 15 minutes.
 */
export async function requestLink(visitor: Visitor, input: RequestLinkInput): Promise<{ minutes: number }> {
  await takeTry('mail-link-visitor', addressForLimits(visitor.address));
  await takeTry('mail-link', input.email);
  await Promise.all([sendTo(visitor, input), sleep(ANSWERED_AFTER_MS)]);
  return { minutes: VALID_MINUTES };
}

async function sendTo(visitor: Visitor, { email, purpose, returnTo, language }: RequestLinkInput): Promise<void> {
  const found = await findReceiver(email);
  if (!found || (purpose === 'sign-in' && found.role !== 'CUSTOMER')) return;
  const ctx = { ...visitor, actor: systemContext('A visitor who asked for a mail').actor };
  await inTransaction(async (tx) => {
    const userId = found.userId ?? (await customerUser(tx, ctx, found.customerId));
    await queueEmail(tx, {
      operationId: null,
      serviceId: null,
      customerId: found.customerId || null,
      template: purpose === 'sign-in' ? 'sign-in-link' : 'password-link',
      language: found.language ?? language,
      to: email,
      data: { name: found.name, userId, minutes: VALID_MINUTES, returnTo: returnTo ?? null },
    });
    const action = purpose === 'sign-in' ? 'user.ask-sign-in-link' : 'user.ask-new-login';
    await recordAudit(tx, ctx, { action, targetType: 'User', targetId: userId });
  });
}

interface Receiver {
  userId: string | null;
  customerId: string;
  role: string;
  name: string;
  language: string | null;
}

/** Who signs in with this address; else the one customer who gets mails there and never signed in. */
async function findReceiver(email: string): Promise<Receiver | null> {
  const user = await db.user.findUnique({ where: { email }, include: { customer: true } });
  if (user) {
    const { id: userId, role, name, customer } = user;
    if (user.disabledAt) return null;
    return { userId, role, name, customerId: customer?.id ?? '', language: customer?.language ?? null };
  }
  const customers = await db.customer.findMany({ where: { email, userId: null }, take: 2 });
  const [only] = customers;
  if (!only || customers.length > 1) return null;
  return { userId: null, role: 'CUSTOMER', name: only.name, customerId: only.id, language: only.language };
}
