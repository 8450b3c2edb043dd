import { freshKeyRing, loadKeyRing, reloadKeyRing } from './key-ring';
import { keyIdOf, openWith, type SealPlace, sealWith } from './sealed-box';

export type { SealPlace } from './sealed-box';

/** Seals a secret for one row and column. The result is text for that column and opens nowhere else. */
export async function seal(plain: string, place: SealPlace): Promise<string> {
  return sealWith(await freshKeyRing(), plain, place);
}

/** Opens a sealed secret read from this row and column; throws UNAVAILABLE when it was changed, moved or foreign. */
export async function unseal(sealed: string, place: SealPlace): Promise<string> {
  let ring = await loadKeyRing();
  const kid = keyIdOf(sealed);
  // Another process may have added a key since this one read the file.
  if (kid !== null && !ring.keys.has(kid)) ring = await reloadKeyRing();
  return openWith(ring, sealed, place);
}
