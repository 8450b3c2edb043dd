import { expect, it } from 'vitest';
import { panelWords, parseRetryAfter } from './http-outcomes';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const MINUTES_15 = 900_000;

it.each([
  ['2', 2000],
  ['1.5', 1500],
  ['0', 0],
  ['120', 120_000],
  ['1000000000', MINUTES_15],
  ['Sun, 01 Mar 2026 00:00:30 GMT', 30_000],
  ['Sat, 28 Feb 2026 00:00:30 GMT', 0],
  ['Sun, 01 Mar 2099 00:00:30 GMT', MINUTES_15],
  ['soon', undefined],
  ['-5', undefined],
  ['1e9', undefined],
  ['', undefined],
  [undefined, undefined],
  ['Infinity', undefined],
  ['Monday', undefined],
])('reads Retry-After %j', (text, ms) => {
  expect(parseRetryAfter(text, NOW)).toBe(ms);
});

it.each([
  ['{"error":{"code":"x","message":"No room"}}', 'No room'],
  ['{"errors":[{"detail":"Bad name"}]}', 'Bad name'],
  ['{"message":"Hello\\n  there"}', 'Hello there'],
  ['<html><title> Gateway </title><body>x</body></html>', 'Gateway'],
  ['<html></html>', ''],
  ['plain text', 'plain text'],
  ['{"cut', '{"cut'],
])('finds the words in %j', (text, words) => {
  expect(panelWords(text)).toBe(words);
});
