import { unseal } from '@/lib/crypto';
import type { Tx } from '@/lib/db';
import { takeRecoveryCode } from './recovery-codes';
import { secondFactorCode } from './schema';
import { secretPlace, stepOf } from './totp';

/**
 * Uses up what somebody typed as second factor: a code of the app or a recovery code, whichever it is. Each works once,
 * also within the seconds in which the app still shows it. null = it does not fit, or was used.
 */
export async function takeSecondFactor(tx: Tx, userId: string, typed: string): Promise<'app' | 'recovery' | null> {
  const code = secondFactorCode.safeParse(typed).data;
  if (code === undefined) return null;
  if (code.length !== 6) return (await takeRecoveryCode(tx, userId, code)) ? 'recovery' : null;
  return (await takeAppCode(tx, userId, code)) ? 'app' : null;
}

/** The newest step used only grows: of several who bring the same code at once, one gets it. */
export async function takeAppCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const row = await tx.twoFactor.findUnique({ where: { userId } });
  if (!row) return false;
  const step = stepOf(await unseal(row.secret, secretPlace(userId)), code);
  if (step === null) return false;
  const taken = await tx.twoFactor.updateMany({
    where: { userId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  });
  return taken.count === 1;
}
