import { publicUrl } from '@/env';
import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import { logger } from '@/lib/logger';
import { configuredMailer } from '@/lib/mailer';
import { currentSender } from './mail-sender';
import { renderEmail } from './render-email';
import type { EmailDetail, EmailItem, ListEmailsInput } from './schema';

const WITH_NAMES = {
  service: { select: { id: true, domain: true, password: true, product: { select: { sendPassword: true } } } },
  customer: { select: { id: true, name: true } },
} satisfies Prisma.EmailMessageInclude;
type Row = Prisma.EmailMessageGetPayload<{ include: typeof WITH_NAMES }>;

const HIDDEN_PASSWORD = '••••••••';

/** Kept and sent mails, newest first. */
export async function listEmails(input: ListEmailsInput): Promise<Page<EmailItem>> {
  const { search, state, serviceId, customerId } = input;
  const matches = search ? { OR: [{ to: containing(search) }, { subject: containing(search) }] } : {};
  const chosen = { ...(state && { state }), ...(serviceId && { serviceId }), ...(customerId && { customerId }) };
  const rows = await db.emailMessage.findMany({
    where: { AND: [matches, chosen, after(readCursor(input.cursor))] },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: WITH_NAMES,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: page.items.map(toItem) };
}

/** One mail with its preview. */
export async function getEmail(id: string): Promise<EmailDetail> {
  const row = await db.emailMessage.findUnique({ where: { id }, include: WITH_NAMES });
  if (!row) throw notFound('mail');
  return { ...toItem(row), messageId: row.messageId, preview: await preview(row) };
}

function toItem(row: Row): EmailItem {
  const { id, template, language, to, subject, state, attempts, lastError, operationId, service, customer } = row;
  return {
    id,
    template,
    language,
    to,
    subject,
    state,
    attempts,
    lastError,
    operationId,
    customer,
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    noServer: state === 'QUEUED' && configuredMailer() === null,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    service: service && {
      id: service.id,
      domain: service.domain,
    },
  };
}

/** Whoever may read the list need not know the password, so the sealed one is not even opened. */
async function preview(row: Row): Promise<EmailDetail['preview']> {
  const hasPassword = row.service?.product.sendPassword && row.service.password !== null;
  try {
    const { sender } = await currentSender();
    const password = hasPassword ? HIDDEN_PASSWORD : null;
    return await renderEmail({ ...row, password, panelUrl: publicUrl(), sender });
  } catch (error) {
    logger.warn({ err: error, emailId: row.id }, 'a kept mail cannot be shown');
    return null;
  }
}
