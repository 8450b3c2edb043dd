import { expect, it } from 'vitest';
import { matches } from './commands';

it.each([
  ['', 'New service', true],
  ['ne ser', 'New service', true],
  ['SERVICE', 'New service', true],
  ['vice', 'New service', false],
  ['new server', 'New service', false],
])('%j of %j: %j', (typed, label, expected) => {
  expect(matches(typed, label)).toBe(expected);
});
