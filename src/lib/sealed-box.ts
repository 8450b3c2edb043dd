import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { DomainError } from './errors';

/** Where a sealed value lives. It opens only there: copied to another row or column it is worthless. */
export interface SealPlace {
  table: string;
  id: string;
  column: string;
}

export interface KeyRing {
  /** Id of the key that seals; the others only open. */
  current: string;
  keys: ReadonlyMap<string, Uint8Array>;
}

const HEADER_FIELDS = 'alg,ctx,enc,kid';

function contextOf(place: SealPlace): string {
  return JSON.stringify([place.table, place.id, place.column]);
}

/** Seals a text for one place with the ring's current key: compact JWE, AES-256-GCM. */
export async function sealWith(ring: KeyRing, plain: string, place: SealPlace): Promise<string> {
  const key = ring.keys.get(ring.current);
  if (!key) throw new Error(`The key ring names ${ring.current} as its current key but does not hold it.`);
  return new CompactEncrypt(new TextEncoder().encode(plain))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ring.current, ctx: contextOf(place) })
    .encrypt(key);
}

/** Opens what was sealed for exactly this place. Throws UNAVAILABLE for a changed, moved or foreign value. */
export async function openWith(ring: KeyRing, sealed: string, place: SealPlace): Promise<string> {
  const key = ring.keys.get(keyIdOf(sealed) ?? '');
  if (!key) throw cannotOpen(place, 'it was sealed with a key that is not in the key file');
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    // Exactly what we write: a `zip` or `crit` that somebody added has no business here.
    if (Object.keys(protectedHeader).sort().join() !== HEADER_FIELDS || protectedHeader.ctx !== contextOf(place)) {
      throw cannotOpen(place, 'it belongs to another place');
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw cannotOpen(place, 'it was changed after it was stored');
  }
}

/** The id of the key that a text was sealed with; null when it is no sealed text. */
export function keyIdOf(sealed: string): string | null {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

function cannotOpen(place: SealPlace, why: string): DomainError {
  return new DomainError(
    'UNAVAILABLE',
    `The secret in ${place.table}.${place.column} of ${place.id} cannot be opened: ${why}. ` +
      'Nothing was sent with it. Restore the key file that belongs to this database, or enter the secret again.',
  );
}
