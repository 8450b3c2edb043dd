import { describe, expect, it } from 'vitest';
import cpanel from './index';

describe('settings', () => {
  const good = { hostname: 'Host.Example.com', accessHash: 'x' };
  it('fills in the usual', () => {
    expect(cpanel.configSchema.parse({ ...good, username: 'ROOT' })).toEqual({
      hostname: 'host.example.com',
      port: 2087,
      username: 'root',
      accessHash: 'x',
      useSsl: true,
    });
  });

  it.each([
    ['hostname', { hostname: 'https://host.example.com' }],
    ['hostname', { hostname: 'host.example.com:2087' }],
    ['port', { port: 2083 }],
    ['port', { port: 2086 }],
    ['port', { useSsl: false }],
    ['username', { username: 'a b' }],
    ['accessHash', { accessHash: '  ' }],
  ])('refuses a wrong %s: %j', (path, change) => {
    const issues = cpanel.configSchema.safeParse({ ...good, ...change }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toContain(path);
  });
});
