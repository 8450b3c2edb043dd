import { encode } from 'next-auth/jwt';
import { beforeEach, describe, expect, it } from 'vitest';
import { env } from '@/env';
import { actorOfRequest, actorOfSession, endSession } from '@/lib/auth';
import { cookieName } from '@/lib/auth-cookie';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';
import { makeUser } from '../../../prisma/factories/user';
import { authOptions } from './auth-options';
import { checkSignIn } from './check-sign-in';

const visitor = { address: '192.0.2.1', agent: 'test' };
const password = 'correct horse battery';

async function signIn(email: string) {
  const session = await checkSignIn(visitor, { email, password });
  if (session === null || typeof session === 'string') throw new Error('not signed in');
  return session.sessionId;
}

beforeEach(() => forgetTries('sign-in-address', visitor.address));

describe('signing in', () => {
  it('starts a session for the right password and writes an audit entry', async () => {
    const user = await makeUser({ password, role: 'ADMIN', name: 'Grace' });
    const actor = await actorOfSession(await signIn(user.email));
    expect(actor).toEqual({ type: 'user', id: user.id, name: 'Grace', role: 'ADMIN', customerId: null });
    expect(await db.auditEntry.count({ where: { action: 'user.sign-in', targetId: user.id } })).toBe(1);
  });

  it('says no to a wrong password, an unknown address, a disabled user and a user without a password', async () => {
    const user = await makeUser({ password });
    const disabled = await makeUser({ password, disabledAt: new Date() });
    const without = await makeUser({ passwordHash: null });
    const tries = [
      { email: user.email, password: 'something else entirely' },
      { email: 'nobody@example.com', password },
      { email: disabled.email, password },
      { email: without.email, password: 'nobody has this password' },
    ];
    for (const input of tries) expect(await checkSignIn(visitor, input)).toBeNull();
    expect(await db.session.count({ where: { userId: { in: [user.id, disabled.id, without.id] } } })).toBe(0);
  });

  it('refuses the eleventh try for an account, from whatever address, also with the right password', async () => {
    const user = await makeUser({ password });
    const tries = Array.from({ length: 10 }, (_, at) =>
      checkSignIn({ ...visitor, address: `198.51.100.${at}` }, { email: user.email, password: 'wrong wrong wrong' }),
    );
    expect(await Promise.all(tries)).toEqual(Array.from({ length: 10 }, () => null));
    await expect(checkSignIn(visitor, { email: user.email, password })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
  });

  it('tells the page a code, never a message', async () => {
    const email = 'limited@example.com';
    const [provider] = authOptions().providers;
    if (!provider) throw new Error('no way to sign in');
    const { authorize } = provider.options as { authorize: (input: unknown, request: object) => Promise<unknown> };
    for (let round = 0; round < 10; round++) {
      expect(await authorize({ email, password }, { headers: { 'x-forwarded-for': '203.0.113.9' } })).toBeNull();
    }
    await expect(authorize({ email, password }, { headers: {} })).rejects.toThrow(/^RateLimited$/);
  });
});

describe('a session', () => {
  it.each([
    ['revoked', { revokedAt: new Date() }],
    ['expired', { expiresAt: new Date(Date.now() - 1000) }],
    ['idle for more than a day', { lastSeenAt: new Date(Date.now() - 25 * 3600_000) }],
  ])('does not count once it is %s', async (_name, data) => {
    const id = await signIn((await makeUser({ password })).email);
    await db.session.update({ where: { id }, data });
    expect(await actorOfSession(id)).toBeNull();
  });

  it('does not count once its user is disabled, and carries a changed role at once', async () => {
    const user = await makeUser({ password, role: 'ADMIN' });
    const id = await signIn(user.email);
    await db.user.update({ where: { id: user.id }, data: { role: 'SUPPORT' } });
    expect(await actorOfSession(id)).toMatchObject({ role: 'SUPPORT' });
    await db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
    expect(await actorOfSession(id)).toBeNull();
  });

  it('is read from the cookie that next-auth makes, and from no forged one', async () => {
    const user = await makeUser({ password });
    const sid = await signIn(user.email);
    const request = async (secret: string) =>
      new Headers({ cookie: `other=1; ${cookieName('session')}=${await encode({ token: { sid }, secret })}` });
    expect(await actorOfRequest(await request(env.NEXTAUTH_SECRET))).toMatchObject({ id: user.id });
    expect(await actorOfRequest(await request('another secret of some length here'))).toBeNull();
    await endSession(sid);
    expect(await actorOfRequest(await request(env.NEXTAUTH_SECRET))).toBeNull();
  });
});
