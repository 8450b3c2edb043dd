import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { db } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { configuredMailer, type Mailer } from '@/lib/mailer';
import { inTransaction } from '@/lib/transaction';
import { type Delivery, deliverEmail } from './deliver-email';
import type { SentNow } from './schema';

// Keeps the sweep away while this try lasts; should this process die, the sweep takes the mail up after it.
const OURS_FOR_SECONDS = 60;

/**
 * Tries a waiting or failed mail at once, to the customer's present address, and says what came of it. A mail that had
 * failed begins its tries anew. Throws INVALID_STATE for one that was sent, UNAVAILABLE without a mail server.
 */
export async function sendEmailNow(
  ctx: Ctx,
  { id }: { id: string },
  mailer: Mailer | null = configuredMailer(),
): Promise<SentNow> {
  if (!mailer) {
    throw new DomainError(
      'UNAVAILABLE',
      'No mail server is configured, so the mail was not sent. It is kept. Set SMTP_URL, restart, and it goes out.',
    );
  }
  await inTransaction((tx) => makeDue(tx, ctx, id));
  const delivery: Delivery = await deliverEmail(id, mailer);
  const { lastError } = await db.emailMessage.findUniqueOrThrow({ where: { id }, select: { lastError: true } });
  return { delivery, words: delivery === 'sent' ? null : lastError };
}

interface Kept {
  state: 'QUEUED' | 'SENT' | 'FAILED';
  taken: boolean;
  to: string;
  present: string | null;
}

async function makeDue(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const [kept] = await tx.$queryRaw<
    Kept[]
  >`SELECT e."state", COALESCE(e."claimedUntil" > now(), false) AS "taken", e."to", c."email" AS "present"
    FROM "EmailMessage" e LEFT JOIN "Customer" c ON c."id" = e."customerId" WHERE e."id" = ${id} FOR UPDATE OF e`;
  if (!kept) throw notFound('mail');
  if (kept.state === 'SENT') {
    throw new DomainError('INVALID_STATE', 'This mail was sent already, so it was not sent again.');
  }
  if (kept.taken) {
    throw new DomainError('CONFLICT', 'This mail is being sent at this moment. Look again in a minute.');
  }
  const to = kept.present ?? kept.to;
  await tx.$executeRaw`UPDATE "EmailMessage" SET "state" = 'QUEUED', "to" = ${to}, "claimedUntil" = NULL,
      "attempts" = CASE WHEN "state" = 'FAILED' THEN 0 ELSE "attempts" END,
      "nextTryAt" = now() + make_interval(secs => ${OURS_FOR_SECONDS})
    WHERE "id" = ${id}`;
  await recordAudit(tx, ctx, {
    action: 'email.send-now',
    targetType: 'EmailMessage',
    targetId: id,
    before: { state: kept.state, to: kept.to },
    after: { to },
  });
}
