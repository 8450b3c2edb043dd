import { expect, it } from 'vitest';
import { isCleanPlacement } from './is-clean';

it.each([
  [[], true],
  [['refused'], true],
  [['not-done', 'refused'], true],
  [['unknown'], false],
  [['done'], false],
  [[null], false],
  [['refused', null], false],
  [['not-done', 'unknown', 'refused'], false],
] as const)('calls that ended %j leave the slot clean: %s', (outcomes, clean) => {
  expect(isCleanPlacement(outcomes)).toBe(clean);
});
