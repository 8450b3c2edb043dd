import { Secret, TOTP } from 'otpauth';
import type { SealPlace } from '@/lib/crypto';

const PERIOD_SECONDS = 30;
/** Steps that a clock may be wrong by, in both directions. */
const WINDOW = 1;
// 160 bits, as RFC 4226 asks for; SHA-1, six digits and 30 seconds are what every app understands.
const SECRET_BYTES = 20;

export const secretPlace = (userId: string): SealPlace => ({ table: 'TwoFactor', id: userId, column: 'secret' });

export function makeSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an app reads from the picture. */
export function addressOf(secret: string, issuer: string, account: string): string {
  return generator(secret, issuer, account).toString();
}

/** The 30 seconds (since 1970) that a code belongs to; null when it is not of this secret and these minutes. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  const delta = generator(secret, '', '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}

/** The code of a moment, as the app shows it. */
export function codeAt(secret: string, now = Date.now()): string {
  return generator(secret, '', '').generate({ timestamp: now });
}

function generator(secret: string, issuer: string, label: string): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    issuer,
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
  });
}
