import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput } from '@/lib/errors';
import { configuredMailer } from '@/lib/mailer';
import { inTransaction } from '@/lib/transaction';
import { queueEmail } from '../emails/queue-email';
import { readSettings } from '../settings/read-settings';
import { LINK_MINUTES, makePasswordLink, type PasswordLink } from './one-time-code';
import type { InviteUserInput } from './schema';

/** `mailed`: the link is on its way to the new member alone. Without a mail server it is handed over by hand. */
export type Invitation = { id: string } & ({ mailed: true } | ({ mailed: false } & PasswordLink));

/**
 * Adds a member of staff, who chooses a password by a link in a mail. Throws BAD_INPUT when the address is taken.
 */
export async function inviteUser(ctx: Ctx, input: InviteUserInput): Promise<Invitation> {
  const mailed = configuredMailer() !== null;
  return inTransaction(async (tx) => {
    const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (taken) throw badInput(['email'], 'There is a user with this e-mail address already. Take another one.');
    const { id } = await tx.user.create({ data: input, select: { id: true } });
    const after = { ...input, mailed };
    await recordAudit(tx, ctx, { action: 'user.invite', targetType: 'User', targetId: id, after });
    if (!mailed) return { id, mailed, ...(await makePasswordLink(tx, id)) };
    await mailInvitation(tx, id, input);
    return { id, mailed };
  });
}

/** The link itself is made when the mail is sent: it lies in no row. */
async function mailInvitation(tx: Tx, userId: string, { name, email }: InviteUserInput): Promise<void> {
  await queueEmail(tx, {
    operationId: null,
    serviceId: null,
    customerId: null,
    template: 'invitation',
    language: (await readSettings(tx)).defaultLanguage,
    to: email,
    data: { name, userId, minutes: LINK_MINUTES, returnTo: null },
  });
}
