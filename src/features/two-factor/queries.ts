import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { readSettings } from '../settings/read-settings';
import { requirePerson } from './require-person';
import type { TwoFactorState } from './schema';

/** How one's own two-factor sign-in stands. */
export async function getTwoFactor(ctx: Ctx): Promise<TwoFactorState> {
  const { id: userId } = requirePerson(ctx);
  const [row, recoveryCodes, settings] = await Promise.all([
    db.twoFactor.findUnique({ where: { userId }, select: { confirmedAt: true } }),
    db.recoveryCode.count({ where: { userId, usedAt: null } }),
    readSettings(),
  ]);
  const since = row?.confirmedAt?.toISOString() ?? null;
  return { on: since !== null, since, recoveryCodes, must: settings.requireTwoFactor };
}
