import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from './context';
import { db } from './db';

/** Begins every key, so that people and scanners of leaked secrets know one when they see it. */
const PREFIX = 'hyble_';
const FORM = /^hyble_[\w-]{43}$/;
const HINT_LETTERS = PREFIX.length + 4;
/** "Last used" is written at most this often: reading must not mean writing. */
const TOUCH_MS = 60_000;

// 256 random bits need no slow hash: there is nothing to guess.
const hashKey = (key: string) => createHash('sha256').update(key).digest('hex');

/** A fresh key with what is stored of it. The key itself is shown once and kept nowhere. */
export function makeApiKey(): { key: string; keyHash: string; hint: string } {
  const key = PREFIX + randomBytes(32).toString('base64url');
  return { key, keyHash: hashKey(key), hint: key.slice(0, HINT_LETTERS) };
}

/** What a program signs in with: the text after `Authorization: Bearer`; null when there is no such header. */
export function bearerOf(headers: Headers): string | null {
  const header = headers.get('authorization');
  return header === null ? null : (/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '');
}

/** Keys that still count, as a condition: the same rules as `actorOfApiKey`. */
export function liveKeys(now = Date.now()) {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] };
}

/** The program behind a key; null for one that is unknown, revoked or too old. */
export async function actorOfApiKey(
  key: string,
  address: string | null,
): Promise<Extract<Actor, { type: 'key' }> | null> {
  if (!FORM.test(key)) return null;
  const row = await db.apiKey.findUnique({ where: { keyHash: hashKey(key) } });
  const now = Date.now();
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt.getTime() <= now)) return null;
  const { id, name, scopes, lastUsedAt, lastUsedAddress } = row;
  if (!lastUsedAt || now - lastUsedAt.getTime() > TOUCH_MS || lastUsedAddress !== address) {
    await db.apiKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(now), lastUsedAddress: address } });
  }
  return { type: 'key', id, name, scopes };
}
