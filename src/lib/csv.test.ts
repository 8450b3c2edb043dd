import { expect, it } from 'vitest';
import { readAllPages, toCsv } from './csv';

const cell = (value: string | number | null) => toCsv(['h'], [[value]]).slice('\uFEFFh\r\n'.length, -2);

it.each([
  ['=1+1', `"'=1+1"`],
  ['+49 1', `"'+49 1"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `\\u0009=1`],
  [' =1', `"' =1"`],
])('makes plain text of %j, which a spreadsheet would run', (value, expected) => {
  expect(cell(value)).toBe(expected);
});

it.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['a\r\nb', 'a\\u000d\\u000ab'],
  ['x\u202ey', 'x\\u202ey'],
  ['Yıldırım', 'Yıldırım'],
  [-3, '-3'],
  [null, ''],
])('writes %j as %j', (value, expected) => {
  expect(cell(value)).toBe(expected);
});

it('reads all pages, and says when one file could not hold them', async () => {
  const read = (cursor: string | undefined) => {
    const at = Number(cursor ?? 0);
    return Promise.resolve({ items: [at, at + 1], nextCursor: at < 4 ? String(at + 2) : null });
  };
  expect(await readAllPages(read)).toEqual({ items: [0, 1, 2, 3, 4, 5], complete: true });
  expect(await readAllPages(read, 4)).toEqual({ items: [0, 1, 2, 3], complete: false });
});
