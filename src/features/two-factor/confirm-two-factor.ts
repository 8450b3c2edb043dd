import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { badInput, DomainError } from '@/lib/errors';
import { forgetTries, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { alreadyOn } from './begin-two-factor';
import { makeRecoveryCodes } from './recovery-codes';
import { requirePerson } from './require-person';
import type { ConfirmTwoFactorInput } from './schema';
import { takeAppCode } from './take-second-factor';

/**
 * Switches two-factor sign-in on with a code of the app, and answers the recovery codes, shown this once. Sessions that
 * began without a second factor end, but for the one that asks. Throws BAD_INPUT for a code that does not fit.
 */
export async function confirmTwoFactor(ctx: Ctx, { code }: ConfirmTwoFactorInput): Promise<{ codes: string[] }> {
  const { id } = requirePerson(ctx);
  await takeTry('second-factor', id);
  const codes = await inTransaction(async (tx) => {
    const row = await tx.twoFactor.findUnique({ where: { userId: id } });
    if (!row) throw new DomainError('INVALID_STATE', 'Nothing was begun. Open the set-up and read the picture first.');
    if (row.confirmedAt) throw alreadyOn();
    if (!(await takeAppCode(tx, id, code))) {
      throw badInput(
        ['code'],
        'This code does not fit. Take the one that the app shows now; the clock of the phone has to be right.',
      );
    }
    await tx.twoFactor.update({ where: { userId: id }, data: { confirmedAt: new Date() } });
    const ended = await endSessionsOf(tx, id, ctx.sessionId);
    const after = { sessionsEnded: ended };
    await recordAudit(tx, ctx, { action: 'two-factor.enable', targetType: 'User', targetId: id, after });
    return makeRecoveryCodes(tx, id);
  });
  await forgetTries('second-factor', id);
  return { codes };
}
