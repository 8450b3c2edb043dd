import { describe, expect, it } from 'vitest';
import type { UsernamePolicy } from './contract';
import { type UsernameInput, usernameCandidates } from './names';
import { generatePassword } from './passwords';

const policy: UsernamePolicy = {
  scope: 'account',
  minLength: 5,
  maxLength: 16,
  reserved: ['virtfs'],
  reservedPrefixes: ['test'],
};
const input = (more: Partial<UsernameInput> = {}): UsernameInput => ({
  serviceId: 'service-1',
  customerId: 'customer-1',
  customerName: 'Ada Lovelace',
  domain: 'example.com',
  policy,
  ...more,
});
const base = (more: Partial<UsernameInput>) => (usernameCandidates(input(more))[0] ?? '').slice(0, -3);

describe('user names', () => {
  it.each([
    ['example.com', 'example'],
    ['www.example.co.uk', 'example'],
    ['a-very-long-name-indeed.example', 'averylongname'],
    ['123go.com', 'go'],
    ['çiğdem-ışık.com.tr', 'cigdemisik'],
    ['xn--idem-zoa.com', 'cidem'],
    ['straße.de', 'strasse'],
    ['12345.com', 'adalovelace'],
    ['测试.com', 'adalovelace'],
    ['x.com', 'xa'],
    ['testing.com', 'utesting'],
    ['root.com', 'uroot'],
  ])('come from %s as %s', (domain, expected) => {
    expect(base({ domain })).toBe(expected);
  });

  it('come from the customer where there is no domain or one login serves all services', () => {
    expect(base({ domain: null })).toBe('adalovelace');
    expect(base({ domain: null, customerName: '李' })).toBe('ua');
    const shared = { ...policy, scope: 'customer' as const };
    expect(usernameCandidates(input({ policy: shared }))).toEqual(
      usernameCandidates(input({ policy: shared, serviceId: 'service-2' })),
    );
  });

  it('are the same each time, differ between services, and fit the policy', () => {
    const mine = usernameCandidates(input());
    expect(usernameCandidates(input())).toEqual(mine);
    expect(new Set(mine).size).toBe(mine.length);
    expect(mine.length).toBeGreaterThan(15);
    expect(mine.filter((name) => usernameCandidates(input({ serviceId: 'service-2' })).includes(name))).toEqual([]);
    for (const domain of ['a.com', 'test.com', '-.com', `${'x'.repeat(60)}.com`, 'ftp.example']) {
      for (const name of usernameCandidates(input({ domain }))) expect(name).toMatch(/^(?!test)[a-z][a-z0-9]{4,15}$/);
    }
    for (const name of usernameCandidates(input({ policy: { ...policy, minLength: 1, maxLength: 8 } })))
      expect(name).toMatch(/^examp[a-z0-9]{3}$/);
  });
});

describe('passwords', () => {
  it('hold one of each group and nothing else, at full length', () => {
    const groups = ['abc', 'XYZ', '89', '!'];
    for (let n = 0; n < 200; n += 1) {
      const password = generatePassword({ length: 6, groups });
      expect(password).toHaveLength(6);
      for (const group of groups) expect(password.split('').some((char) => group.includes(char))).toBe(true);
      expect(password).toMatch(/^[abcXYZ89!]+$/);
    }
    expect(new Set(Array.from({ length: 100 }, () => generatePassword())).size).toBe(100);
  });

  it('do not begin with the same group each time', () => {
    const firsts = Array.from({ length: 200 }, () => generatePassword({ length: 8, groups: ['a', 'B', '3', '-'] })[0]);
    expect(new Set(firsts).size).toBe(4);
  });

  it('are refused for a policy that cannot be met', () => {
    expect(() => generatePassword({ length: 2, groups: ['a', 'b', 'c'] })).toThrow(/room/);
    expect(() => generatePassword({ length: 2, groups: [''] })).toThrow(/characters/);
  });
});
