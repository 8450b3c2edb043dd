import { publicUrl } from '@/env';
import { addEvent } from '@/features/operations/add-event';
import { makeMailLink } from '@/features/users/mail-link';
import { db, type Tx } from '@/lib/db';
import { configuredMailer, type Mailer, type SendResult } from '@/lib/mailer';
import { inTransaction } from '@/lib/transaction';
import { currentSender } from './mail-sender';
import { openMailPassword } from './open-mail-password';
import { renderEmail } from './render-email';
import { retryDelaySeconds } from './retry-delay';

/** `waits`: tried, will be tried again · `no-server`: goes out when one is configured · `taken`: somebody sends it now. */
export type Delivery = 'sent' | 'waits' | 'failed' | 'no-server' | 'taken';

// Longer than the mailer's own limit, so that a claim never ends while its conversation lasts.
const CLAIM_SECONDS = 60;

type Claimed = NonNullable<Awaited<ReturnType<typeof claimEmail>>>;

/**
 * Tries once to send a kept mail, at once, whenever it was due. Two calls at the same time send one mail.
 * Only a kill between the mail server's yes and our commit can repeat one, with the same Message-ID.
 */
export async function deliverEmail(emailId: string, mailer: Mailer | null = configuredMailer()): Promise<Delivery> {
  const settled = await settledState(emailId);
  if (settled) return settled;
  if (!mailer) return 'no-server';
  const email = await claimEmail(emailId);
  if (!email) return (await settledState(emailId)) ?? 'taken';
  const result = await trySending(email, mailer);
  return inTransaction((tx) => (result.outcome === 'sent' ? markSent(tx, email) : markUnsent(tx, email, result)));
}

async function settledState(id: string): Promise<'sent' | 'failed' | null> {
  const { state } = await db.emailMessage.findUniqueOrThrow({ where: { id }, select: { state: true } });
  return state === 'SENT' ? 'sent' : state === 'FAILED' ? 'failed' : null;
}

/** Due again when the claim ends: if this process dies, the sweep hands the mail to another. */
async function claimEmail(id: string) {
  const claimed = await db.$executeRaw`UPDATE "EmailMessage"
    SET "claimedUntil" = now() + make_interval(secs => ${CLAIM_SECONDS}),
        "nextTryAt" = now() + make_interval(secs => ${CLAIM_SECONDS}), "attempts" = "attempts" + 1
    WHERE "id" = ${id} AND "state" = 'QUEUED' AND ("claimedUntil" IS NULL OR "claimedUntil" <= now())`;
  return claimed === 1 ? db.emailMessage.findUniqueOrThrow({ where: { id } }) : null;
}

async function trySending(email: Claimed, mailer: Mailer): Promise<SendResult> {
  try {
    const password = await openMailPassword(email.serviceId);
    const { sender, from } = await currentSender();
    const personalLink = await makeMailLink(email.template, email.data);
    const rendered = await renderEmail({ ...email, password, personalLink, panelUrl: publicUrl(), sender });
    return await mailer.sendMail({ to: email.to, from, messageId: email.messageId, ...rendered });
  } catch (error) {
    // A key or a template that is missing today may be there after the next start.
    const words = error instanceof Error ? error.message : String(error);
    return { outcome: 'retry', words: `The mail could not be written: ${words}`.slice(0, 500) };
  }
}

/** Not bound to the claim: the mail is out, whoever holds the row by now. */
async function markSent(tx: Tx, { id, operationId, template, to }: Claimed): Promise<Delivery> {
  const marked = await tx.$executeRaw`UPDATE "EmailMessage"
    SET "state" = 'SENT', "sentAt" = now(), "claimedUntil" = NULL, "nextTryAt" = NULL, "lastError" = NULL
    WHERE "id" = ${id} AND "state" <> 'SENT'`;
  if (marked === 1 && operationId) await addEvent(tx, operationId, 'mail-sent', { template, to });
  return 'sent';
}

async function markUnsent(
  tx: Tx,
  email: Claimed,
  result: { outcome: 'retry' | 'refused'; words: string },
): Promise<Delivery> {
  const { id, operationId, template, to, attempts } = email;
  const { words } = result;
  const delay = result.outcome === 'refused' ? null : retryDelaySeconds(attempts);
  const marked =
    delay === null
      ? await tx.$executeRaw`UPDATE "EmailMessage"
          SET "state" = 'FAILED', "lastError" = ${words}, "claimedUntil" = NULL, "nextTryAt" = NULL
          WHERE "id" = ${id} AND "state" = 'QUEUED' AND "attempts" = ${attempts}`
      : await tx.$executeRaw`UPDATE "EmailMessage"
          SET "lastError" = ${words}, "claimedUntil" = NULL, "nextTryAt" = now() + make_interval(secs => ${delay})
          WHERE "id" = ${id} AND "state" = 'QUEUED' AND "attempts" = ${attempts}`;
  if (marked === 0) return 'taken';
  // Once in the timeline is enough: how often it was tried stands beside the mail.
  if (operationId && delay === null) await addEvent(tx, operationId, 'mail-failed', { template, to, words });
  else if (operationId && attempts === 1) await addEvent(tx, operationId, 'mail-waits', { template, to, words });
  return delay === null ? 'failed' : 'waits';
}
