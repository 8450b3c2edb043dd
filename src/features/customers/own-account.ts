import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { CUSTOMER_LANGUAGES, OwnLanguageInput } from './schema';

export interface OwnAccount {
  name: string;
  /** With what one signs in. */
  email: string;
  /** Of mails. */
  language: (typeof CUSTOMER_LANGUAGES)[number];
  /** Who came by a mailed link may have none yet. */
  hasPassword: boolean;
}

/** What a customer sees of the own account. */
export async function getOwnAccount({ actor }: Ctx): Promise<OwnAccount> {
  const customer = await db.customer.findFirst({ where: { userId: actor.id ?? '' }, include: { user: true } });
  if (!customer?.user) throw notFound('customer');
  const { name, language, user } = customer;
  return {
    name,
    email: user.email,
    language: language === 'tr' ? 'tr' : 'en',
    hasPassword: user.passwordHash !== null,
  };
}

/** The language in which a customer gets mails. */
export async function setOwnLanguage(ctx: Ctx, { language }: OwnLanguageInput): Promise<{ language: string }> {
  return inTransaction(async (tx) => {
    const customer = await tx.customer.findFirst({ where: { userId: ctx.actor.id ?? '' } });
    if (!customer) throw notFound('customer');
    if (customer.language === language) return { language };
    await tx.customer.update({ where: { id: customer.id }, data: { language } });
    const before = { language: customer.language };
    const target = { targetType: 'Customer', targetId: customer.id };
    await recordAudit(tx, ctx, { action: 'customer.update', ...target, before, after: { language } });
    return { language };
  });
}
