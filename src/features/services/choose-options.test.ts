import { describe, expect, it } from 'vitest';
import type { ProductOption } from '@/features/products/schema';
import { DomainError } from '@/lib/errors';
import { readDomain } from './check-domain';
import { chooseOptions } from './choose-options';

const offered: ProductOption[] = [
  { id: 'ram', label: 'Memory', unit: 'MB', min: 1024, max: 16384, step: 1024, default: 2048 },
  { id: 'cpu', label: 'CPU', unit: '%', min: 50, max: 400, step: 50, default: 100 },
];

function issuesOf(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.issues.map((issue) => issue.path.join('.'));
    throw error;
  }
  return [];
}

describe('options of an order', () => {
  it('takes what was chosen and fills in the defaults', () => {
    expect(chooseOptions(offered, [{ optionId: 'ram', quantity: 4096 }])).toEqual([
      { optionId: 'ram', quantity: 4096 },
      { optionId: 'cpu', quantity: 100 },
    ]);
  });

  it.each([
    ['an unknown option', [{ optionId: 'gpu', quantity: 1 }], ['configOptions.0.optionId']],
    ['a negative quantity', [{ optionId: 'ram', quantity: -1024 }], ['configOptions.0.quantity']],
    ['too much', [{ optionId: 'cpu', quantity: 450 }], ['configOptions.0.quantity']],
    ['between two steps', [{ optionId: 'ram', quantity: 1500 }], ['configOptions.0.quantity']],
    ['NaN', [{ optionId: 'ram', quantity: Number.NaN }], ['configOptions.0.quantity']],
    [
      'one option twice',
      [
        { optionId: 'ram', quantity: 2048 },
        { optionId: 'ram', quantity: 4096 },
      ],
      ['configOptions.1.optionId'],
    ],
  ])('refuses %s and names the field', (_what, chosen, issues) => {
    expect(issuesOf(() => chooseOptions(offered, chosen))).toEqual(issues);
  });
});

describe('domain of an order', () => {
  it.each([
    ['Example.COM.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    [' shop.example.co.uk ', 'shop.example.co.uk'],
  ])('reads %s as %s', (typed, domain) => {
    expect(readDomain(typed)).toBe(domain);
  });

  it.each([
    '127.0.0.1',
    '[::1]',
    'localhost',
    'co.uk',
    '*.example.com',
    'a b.com',
    'http://x.com',
    'x.com/y',
    'x.com:80',
    'a@b.com',
    `${'a'.repeat(64)}.com`,
    `${'a.'.repeat(150)}com`,
    '-a.com',
    'a\u0000.com',
    'a\r\n.com',
  ])('refuses %j', (typed) => {
    expect(issuesOf(() => readDomain(typed))).toEqual(['domain']);
  });
});
