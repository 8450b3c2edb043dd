import { randomInt } from 'node:crypto';
import type { PasswordPolicy } from './contract';

/** Without look-alikes (l 1 I, O 0) and without signs that shells, URLs or forms give a meaning to. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  length: 20,
  groups: ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.'],
};

/**
 * A password to a module's policy: at least one character of each group, the rest from all of them, in random order.
 * `pick(n)` gives a number from 0 to n-1; tests inject their own.
 */
export function generatePassword(
  policy: PasswordPolicy = DEFAULT_PASSWORD_POLICY,
  pick: (n: number) => number = randomInt,
): string {
  const groups = policy.groups.filter((group) => group.length > 0);
  if (groups.length === 0 || policy.length < groups.length) {
    throw new Error('A password policy needs characters to draw from, and room for one of each group.');
  }
  const from = (text: string) => text.charAt(pick(text.length));
  const all = groups.join('');
  const chars = Array.from({ length: policy.length }, (_, index) => from(groups[index] ?? all));
  // Fisher-Yates: the guaranteed characters must not always stand first.
  for (let i = chars.length - 1; i > 0; i -= 1) {
    const j = pick(i + 1);
    [chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? ''];
  }
  return chars.join('');
}
