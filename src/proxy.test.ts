import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import { env } from '@/env';
import { cookieName } from '@/lib/auth-cookie';
import { proxy } from './proxy';

// The settings are read as a whole; nothing here asks the database.
process.env.DATABASE_URL ??= 'postgres://nobody@127.0.0.1:1/none';

const ask = (path: string, cookie = '') =>
  proxy(new NextRequest(`http://panel.example${path}`, { headers: { cookie } }));
const directive = (policy: string | null, name: string) =>
  policy?.split('; ').find((part) => part.startsWith(`${name} `)) ?? '';

describe('the headers of a page', () => {
  it('let only scripts with the nonce of this answer run', async () => {
    const policies = await Promise.all([ask('/sign-in'), ask('/sign-in')]).then((answers) =>
      answers.map(({ headers }) => headers.get('content-security-policy')),
    );
    const scripts = policies.map((policy) => directive(policy, 'script-src'));
    for (const line of scripts) {
      expect(line).toMatch(/'nonce-[\w+/=]{40,}' 'strict-dynamic'/);
      expect(line).not.toContain('unsafe');
    }
    expect(scripts[0]).not.toBe(scripts[1]);
    expect(directive(policies[0] ?? null, 'object-src')).toBe("object-src 'none'");
    expect(directive(policies[0] ?? null, 'base-uri')).toBe("base-uri 'none'");
    expect(directive(policies[0] ?? null, 'frame-ancestors')).toBe("frame-ancestors 'none'");
  });

  it.each([
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
  ])('%s is %s, also where a visitor is sent to sign in', async (name, value) => {
    for (const path of ['/sign-in', '/services']) expect((await ask(path)).headers.get(name)).toBe(value);
  });
});

describe('a page behind the sign-in', () => {
  it('sends visitors to sign in and back, also with a cookie that nobody signed', async () => {
    for (const cookie of ['', `${cookieName('session')}=forged`]) {
      const { status, headers } = await ask('/services?status=ACTIVE', cookie);
      expect(status).toBe(307);
      expect(headers.get('location')).toBe('http://panel.example/sign-in?callbackUrl=%2Fservices%3Fstatus%3DACTIVE');
    }
  });

  it('opens for a cookie of ours', async () => {
    const token = await encode({ token: { sid: 'x' }, secret: env.NEXTAUTH_SECRET });
    const { status } = await ask('/services', `${cookieName('session')}=${token}`);
    expect(status).toBe(200);
  });
});
