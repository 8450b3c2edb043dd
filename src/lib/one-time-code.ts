import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for somebody's hands, and the hash that is stored instead of them. */
export function newCode(): { code: string; codeHash: string } {
  const code = randomBytes(32).toString('base64url');
  return { code, codeHash: hashCode(code) };
}

export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
