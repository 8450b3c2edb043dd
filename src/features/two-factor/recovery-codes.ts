import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '@/lib/db';

const COUNT = 10;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 16;

// 80 random bits need no slow hash; the user's id keeps one person's code from being another's.
const hashOf = (userId: string, code: string) => createHash('sha256').update(`${userId}:${code}`).digest('hex');

/** Ten fresh codes, written for people; earlier ones stop working. Only their hashes are kept. */
export async function makeRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  const codes = Array.from({ length: COUNT }, () =>
    // 256 is a multiple of 32: every letter is as likely as any other.
    Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join(''),
  );
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashOf(userId, code) })) });
  return codes.map((code) => code.replace(/(.{4})(?!$)/g, '$1-'));
}

/** Uses a code up: of several who try at once one succeeds. */
export async function takeRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const taken = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashOf(userId, code), usedAt: null },
    data: { usedAt: new Date() },
  });
  return taken.count === 1;
}
