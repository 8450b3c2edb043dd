import { describe, expect, it } from 'vitest';
import { after, containing, listOrder, readCursor, readSortedCursor, toCursor, toPage, toSortedCursor } from './keyset';

const row = (id: string, ms: number) => ({ id, createdAt: new Date(ms) });

describe('a page', () => {
  it('has a cursor only when there is more', () => {
    const rows = [row('c', 3), row('b', 2), row('a', 1)];
    expect(toPage(rows, 3).nextCursor).toBeNull();
    const { items, nextCursor } = toPage(rows, 2);
    expect(items.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(readCursor(nextCursor ?? undefined)).toEqual(row('b', 2));
  });

  it('begins at the start without a cursor', () => {
    expect(readCursor(undefined)).toBeNull();
    expect(after(null)).toEqual({});
  });

  it.each([
    'x',
    '',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["2026-01-01","a"]').toString('base64url'),
    Buffer.from('{"createdAt":1}').toString('base64url'),
    toCursor(row('a', 1)).slice(0, -5),
  ])('refuses the cursor %j', (cursor) => {
    expect(() => readCursor(cursor)).toThrow(/no position in a list/);
  });
});

it.each([
  ['50%', '50\\%'],
  ['a_b', 'a\\_b'],
  ['c:\\x', 'c:\\\\x'],
])('lets wildcards in %s mean themselves', (typed, pattern) => {
  expect(containing(typed).contains).toBe(pattern);
});

describe('a page in another order', () => {
  it('goes on behind the name and, among equal names, behind the id', () => {
    const rows = ['a', 'b', 'c'].map((id) => ({ ...row(id, 1), name: 'Ada' }));
    const { nextCursor } = listOrder({ sort: 'name' }).toPage(rows, 2);
    expect(readSortedCursor('name', nextCursor ?? undefined)).toEqual({ value: 'Ada', id: 'b' });
  });

  it.each(['x', toCursor(row('a', 1)), toSortedCursor('accounts', { value: '3', id: 'a' })])(
    'refuses the cursor %j of another one',
    (cursor) => {
      expect(() => listOrder({ sort: 'name', cursor })).toThrow(/no position in a list of this order/);
    },
  );
});
