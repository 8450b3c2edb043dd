import { env } from '@/env';
import { addEvent } from '@/features/operations/add-event';
import type { Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { afterCommit } from '@/lib/transaction';
import { announceEmails } from './announce-emails';
import { messageIdOf } from './message-id';
import { type MailData, type MailTemplate, readMail } from './templates';
import { mailLanguage } from './texts';

// The create's last step sends the welcome mail itself; the sweep steps in only when that did not happen.
const HEAD_START_SECONDS = 20;
const AT_ONCE = 20;

export interface NewEmail<Name extends MailTemplate = MailTemplate> {
  operationId: string | null;
  serviceId: string | null;
  customerId: string | null;
  template: Name;
  /** The customer's; a language without texts becomes English. */
  language: string;
  to: string;
  data: MailData[Name];
}

/**
 * Keeps a mail in the surrounding transaction, to be sent as soon as that is durable: by the executor, the welcome mail by
 * the create's own last step, else by the sweep. One mail per operation and template: asking again returns the one that is
 * kept. Its Message-ID never changes.
 */
export async function queueEmail<Name extends MailTemplate>(tx: Tx, mail: NewEmail<Name>): Promise<{ id: string }> {
  const id = uuidv7();
  const { kind, data } = readMail(mail.template, mail.data);
  const language = mailLanguage(mail.language);
  const wait = mail.template === 'welcome' && mail.operationId !== null ? HEAD_START_SECONDS : 0;
  const inserted = await tx.$executeRaw`
    INSERT INTO "EmailMessage" ("id", "operationId", "serviceId", "customerId", "template", "language", "to", "subject", "data", "messageId", "nextTryAt")
    VALUES (${id}, ${mail.operationId}, ${mail.serviceId}, ${mail.customerId}, ${mail.template}, ${language}, ${mail.to},
      ${kind.subject(language, data)}, ${JSON.stringify(data)}::jsonb, ${messageIdOf(id, env.MAIL_FROM)}, now() + make_interval(secs => ${wait}))
    ON CONFLICT ("operationId", "template") DO NOTHING`;
  if (inserted === 1 && wait === 0) afterCommit(announceNow);
  const { operationId, template, to } = mail;
  if (operationId === null) return { id };
  if (inserted === 1) {
    await addEvent(tx, operationId, 'mail-queued', { template, to });
    return { id };
  }
  return tx.emailMessage.findUniqueOrThrow({
    where: { operationId_template: { operationId, template } },
    select: { id: true },
  });
}

async function announceNow(): Promise<void> {
  await announceEmails(AT_ONCE);
}
