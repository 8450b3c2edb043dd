import { expect, it } from 'vitest';
import { bytesText } from './bytes';

it.each([
  [0, 'en', '0 B'],
  [1023, 'en', '1,023 B'],
  [1024, 'en', '1.0 KB'],
  [1_048_575, 'en', '1.0 MB'],
  [1_610_612_736, 'en', '1.5 GB'],
  [1_610_612_736, 'tr', '1,5 GB'],
  [-5, 'en', '0 B'],
  [2 ** 60, 'en', '1,024.0 PB'],
])('%d bytes in %s are "%s"', (bytes, locale, text) => {
  expect(bytesText(bytes, locale)).toBe(text);
});
