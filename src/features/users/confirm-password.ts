import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { forgetTries, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { checkPassword } from './hash-password';
import type { ConfirmPasswordInput } from './schema';

/**
 * Enters one's password again in a session that has been open for a while; for ten minutes it may do what is dangerous.
 * Throws BAD_INPUT for a wrong one, TOO_MANY_REQUESTS after ten.
 */
export async function confirmPassword(ctx: Ctx, { password }: ConfirmPasswordInput): Promise<{ confirmed: true }> {
  const { actor, sessionId } = ctx;
  if (actor.type !== 'user' || sessionId === undefined)
    throw new DomainError('FORBIDDEN', 'Only somebody who signed in has a password to confirm.');
  await takeTry('confirm-password', actor.id);
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: actor.id } });
  if (!(await checkPassword(passwordHash, password)))
    throw badInput(['password'], 'This is not the password you sign in with. Nothing was done.');
  await forgetTries('confirm-password', actor.id);
  await inTransaction(async (tx) => {
    await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { passwordAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'user.confirm-password', targetType: 'User', targetId: actor.id });
  });
  return { confirmed: true };
}
