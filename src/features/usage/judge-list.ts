import type { Figures } from './figures';
import type { Matched } from './match-accounts';

/** Why what a panel said is not taken as fact. `failed` = it said nothing. */
export type UsageProblem = 'failed' | 'empty' | 'foreign' | 'fell' | 'unreadable';

/** Fewer accounts than this say nothing about a fall. */
const ENOUGH = 3;
/** Of what was there before, at least this share must be there still. */
const SHARE_OF_ACCOUNTS = 0.5;
const SHARE_OF_DISK = 0.1;
/** Lines with our names and somebody else's marks: so many cannot be renamed domains. */
const SHARE_OF_FOREIGN = 0.2;

export interface Before {
  /** Services whose account should be listed. */
  expected: readonly string[];
  diskUsed: ReadonlyMap<string, number | null>;
}

/**
 * Whether a list may be kept as fact; null = it may. A panel that lost its quota files, that sits behind another address
 * than yesterday or that answers while it starts says wrong things in a friendly form.
 */
export function judgeList(before: Before, now: Matched): UsageProblem | null {
  const expected = before.expected.length;
  if (expected === 0) return null;
  if (now.listed === 0) return 'empty';
  const { size } = now.figures;
  if (now.foreign > 0 && now.foreign >= (size + now.foreign) * SHARE_OF_FOREIGN) return 'foreign';
  if (now.unreadable > 0 && now.unreadable >= (size + now.unreadable) * SHARE_OF_ACCOUNTS) return 'unreadable';
  if (size === 0) return 'foreign';
  if (expected >= ENOUGH && size < expected * SHARE_OF_ACCOUNTS) return 'fell';
  return fellInDisk(before.diskUsed, now.figures) ? 'fell' : null;
}

function fellInDisk(before: Before['diskUsed'], now: ReadonlyMap<string, Figures>): boolean {
  let both = 0;
  let oldSum = 0;
  let newSum = 0;
  for (const [id, { diskUsed }] of now) {
    const old = before.get(id) ?? null;
    if (old === null || diskUsed === null || old === 0) continue;
    both += 1;
    oldSum += old;
    newSum += diskUsed;
  }
  return both >= ENOUGH && newSum < oldSum * SHARE_OF_DISK;
}
