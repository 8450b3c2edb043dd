import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { makePasswordLink, type PasswordLink } from './one-time-code';
import type { InviteUserInput } from './schema';

/** Adds a member of staff, who chooses a password by the link. Throws BAD_INPUT when the address is taken. */
export async function inviteUser(ctx: Ctx, input: InviteUserInput): Promise<PasswordLink & { id: string }> {
  return inTransaction(async (tx) => {
    const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (taken) throw badInput(['email'], 'There is a user with this e-mail address already. Take another one.');
    const { id } = await tx.user.create({ data: input, select: { id: true } });
    await recordAudit(tx, ctx, { action: 'user.invite', targetType: 'User', targetId: id, after: { ...input } });
    return { id, ...(await makePasswordLink(tx, id)) };
  });
}
