import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { forgetTries, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { checkPassword, hashPassword } from './hash-password';
import { voidPasswordLinks } from './one-time-code';
import type { ChangePasswordInput } from './schema';

/**
 * Changes one's own password. Every session ends, this one too, so that whoever else was signed in is out: sign in
 * again with the new one. Throws BAD_INPUT for a wrong present password, TOO_MANY_REQUESTS after ten.
 */
export async function changePassword(ctx: Ctx, input: ChangePasswordInput): Promise<{ email: string }> {
  const { actor } = ctx;
  if (actor.type !== 'user') throw new DomainError('FORBIDDEN', 'Only a user has a password to change.');
  await takeTry('change-password', actor.id);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  if (!(await checkPassword(user.passwordHash, input.current)))
    throw badInput(['current'], 'This is not your present password. Nothing was changed.');
  await forgetTries('change-password', actor.id);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    await endSessionsOf(tx, user.id);
    await voidPasswordLinks(tx, user.id);
    await recordAudit(tx, ctx, { action: 'user.change-password', targetType: 'User', targetId: user.id });
    return { email: user.email };
  });
}
