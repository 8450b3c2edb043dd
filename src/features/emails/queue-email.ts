import { env } from '@/env';
import { addEvent } from '@/features/operations/add-event';
import type { Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import type { WelcomeData } from './schema';
import { MAIL_TEMPLATES, type MailTemplate } from './templates';
import { mailLanguage } from './texts';

// The step that follows sends at once; the sweep steps in only when that did not happen.
const HEAD_START_SECONDS = 20;

export interface NewEmail {
  operationId: string | null;
  serviceId: string | null;
  customerId: string | null;
  template: MailTemplate;
  /** The customer's; a language without texts becomes English. */
  language: string;
  to: string;
  data: WelcomeData;
}

/**
 * Keeps a mail in the surrounding transaction, to be sent after it: by the operation's next step, else by the sweep.
 * One mail per operation and template: asking again returns the one that is kept. Its Message-ID never changes.
 */
export async function queueEmail(tx: Tx, mail: NewEmail): Promise<{ id: string }> {
  const id = uuidv7();
  const { data: shape, subject } = MAIL_TEMPLATES[mail.template];
  // Strict by shape: a field that is not part of the mail, a password above all, is not stored with it.
  const data = shape.parse(mail.data);
  const language = mailLanguage(mail.language);
  const wait = mail.operationId === null ? 0 : HEAD_START_SECONDS;
  const inserted = await tx.$executeRaw`
    INSERT INTO "EmailMessage" ("id", "operationId", "serviceId", "customerId", "template", "language", "to", "subject", "data", "messageId", "nextTryAt")
    VALUES (${id}, ${mail.operationId}, ${mail.serviceId}, ${mail.customerId}, ${mail.template}, ${language}, ${mail.to},
      ${subject(language, data)}, ${JSON.stringify(data)}::jsonb, ${`<${id}@${senderDomain()}>`}, now() + make_interval(secs => ${wait}))
    ON CONFLICT ("operationId", "template") DO NOTHING`;
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

/** A Message-ID belongs to the domain that sends. */
function senderDomain(): string {
  return /@([a-z0-9.-]+)>?\s*$/i.exec(env.MAIL_FROM)?.[1] ?? 'hyble.invalid';
}
