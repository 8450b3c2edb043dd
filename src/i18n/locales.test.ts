import { expect, it } from 'vitest';
import { chooseLocale } from './locales';

it.each([
  ['en', 'tr', 'tr', 'en', 'what was chosen in this browser'],
  [undefined, 'en-GB,en;q=0.9', 'tr', 'tr', 'the customer’s own'],
  [undefined, 'de-DE,tr;q=0.8,en;q=0.5', null, 'tr', 'the first of the browser that we speak'],
  ['fr', 'de', null, 'en', 'the first of ours'],
] as const)('cookie %s, browser %s, account %s: %s, %s', (cookie, browser, own, locale, _why) => {
  expect(chooseLocale(cookie, browser, own)).toBe(locale);
});
