import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { forgetTries, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { readSettings } from '../settings/read-settings';
import { requirePerson } from './require-person';
import type { RemoveTwoFactorInput } from './schema';
import { takeSecondFactor } from './take-second-factor';

/**
 * Switches one's own two-factor sign-in off, with a code: a session alone must not be able to. Throws INVALID_STATE where
 * staff have to have it, BAD_INPUT for a code that does not fit.
 */
export async function removeTwoFactor(ctx: Ctx, { code }: RemoveTwoFactorInput): Promise<{ id: string }> {
  const { id } = requirePerson(ctx);
  await takeTry('second-factor', id);
  await inTransaction(async (tx) => {
    if ((await readSettings(tx)).requireTwoFactor)
      throw new DomainError('INVALID_STATE', 'Staff of this panel have to sign in with a second factor. It stays on.');
    const row = await tx.twoFactor.findUnique({ where: { userId: id }, select: { confirmedAt: true } });
    if (!row?.confirmedAt) throw new DomainError('INVALID_STATE', 'Two-factor sign-in is off already.');
    if (!(await takeSecondFactor(tx, id, code)))
      throw badInput(['code'], 'This code does not fit, or was used already. Take the next one that the app shows.');
    await dropTwoFactor(tx, id);
    await recordAudit(tx, ctx, { action: 'two-factor.disable', targetType: 'User', targetId: id });
  });
  await forgetTries('second-factor', id);
  return { id };
}

/** Forgets secret and recovery codes; true when there was a second factor that counted. */
export async function dropTwoFactor(tx: Tx, userId: string): Promise<boolean> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const dropped = await tx.twoFactor.findUnique({ where: { userId }, select: { confirmedAt: true } });
  await tx.twoFactor.deleteMany({ where: { userId } });
  return Boolean(dropped?.confirmedAt);
}
