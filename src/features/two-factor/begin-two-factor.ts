import type { Ctx } from '@/lib/context';
import { seal } from '@/lib/crypto';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { readSettings } from '../settings/read-settings';
import { requirePerson } from './require-person';
import type { TwoFactorSetUp } from './schema';
import { addressOf, makeSecret, secretPlace } from './totp';

const ISSUER = 'Hyble Provisioning';

/**
 * Makes a fresh secret for one's app. It counts only when a code of it was entered; begun again, the earlier one is gone.
 * Throws INVALID_STATE when two-factor sign-in is on.
 */
export async function beginTwoFactor(ctx: Ctx): Promise<TwoFactorSetUp> {
  const { id } = requirePerson(ctx);
  const secret = makeSecret();
  const sealed = await seal(secret, secretPlace(id));
  return inTransaction(async (tx) => {
    const { email } = await tx.user.findUniqueOrThrow({ where: { id }, select: { email: true } });
    // Conditional: a second page that begins while the first one confirms must not replace what counts by now.
    const kept = await tx.$executeRaw`INSERT INTO "TwoFactor" ("userId", "secret") VALUES (${id}, ${sealed})
      ON CONFLICT ("userId") DO UPDATE SET "secret" = EXCLUDED."secret", "lastStep" = NULL, "createdAt" = now()
      WHERE "TwoFactor"."confirmedAt" IS NULL`;
    if (kept === 0) throw alreadyOn();
    const { companyName } = await readSettings(tx);
    return { setUpKey: secret, address: addressOf(secret, companyName || ISSUER, email) };
  });
}

export function alreadyOn(): DomainError {
  return new DomainError(
    'INVALID_STATE',
    'Two-factor sign-in is on already. Nothing was changed. Switch it off first to set up another app.',
  );
}
