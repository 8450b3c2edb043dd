import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actorOfSession, readSession, startSession } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';
import { callOverHttp, cookieOf } from '@/trpc/testing/call';
import { makeUser } from '../../../prisma/factories/user';
import { updateSettings } from '../settings/update-settings';
import { checkSignIn } from '../sign-in/check-sign-in';
import { beginTwoFactor } from './begin-two-factor';
import { confirmTwoFactor } from './confirm-two-factor';
import { getTwoFactor } from './queries';
import { removeTwoFactor } from './remove-two-factor';
import { renewRecoveryCodes } from './renew-recovery-codes';
import { resetTwoFactor } from './reset-two-factor';
import { codeAt, secretPlace } from './totp';

const password = 'correct horse battery';
const visitor = { address: '192.0.2.9', agent: 'test' };
let ctx: Ctx;
let userId = '';
let email = '';

beforeEach(async () => {
  // In the middle of a step: no code may grow old between two lines of a test.
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
  await db.setting.deleteMany();
  await forgetTries('sign-in-address', visitor.address);
  const user = await makeUser({ role: 'ADMIN', password });
  [userId, email] = [user.id, user.email];
  const sessionId = await startSession(db, { userId, ...visitor });
  const actor = { type: 'user', id: userId, name: user.name, role: 'ADMIN', customerId: null } as const;
  ctx = { actor, address: null, requestId: 'r', sessionId };
});

afterEach(() => void vi.useRealTimers());

/** A code that the app shows; `steps` of 30 seconds from now. */
async function appCode(steps = 0): Promise<string> {
  const { secret } = await db.twoFactor.findUniqueOrThrow({ where: { userId } });
  return codeAt(await unseal(secret, secretPlace(userId)), Date.now() + steps * 30_000);
}
async function switchOn(): Promise<string[]> {
  await beginTwoFactor(ctx);
  const { codes } = await confirmTwoFactor(ctx, { code: await appCode(-1) });
  return codes;
}
const signIn = (code?: string, typed = password) => checkSignIn(visitor, { email, password: typed, code });
const started = (answer: unknown) => typeof answer === 'object' && answer !== null;

describe('setting it up', () => {
  it('counts only once a code was entered, seals the secret and ends sessions elsewhere', async () => {
    const elsewhere = await startSession(db, { userId, ...visitor });
    const { setUpKey, address } = await beginTwoFactor(ctx);
    expect(address).toMatch(/^otpauth:\/\/totp\/Hyble%20Provisioning:/);
    expect(await getTwoFactor(ctx)).toMatchObject({ on: false, recoveryCodes: 0 });
    expect(started(await signIn())).toBe(true);
    await expect(confirmTwoFactor(ctx, { code: '000000' })).rejects.toMatchObject({ issues: [{ path: ['code'] }] });
    const { codes } = await confirmTwoFactor(ctx, { code: codeAt(setUpKey) });
    expect(codes).toHaveLength(10);
    expect(await getTwoFactor(ctx)).toMatchObject({ on: true, recoveryCodes: 10 });
    expect(await actorOfSession(elsewhere)).toBeNull();
    expect(await actorOfSession(ctx.sessionId ?? '')).not.toBeNull();
    const stored = JSON.stringify([
      await db.twoFactor.findMany(),
      await db.recoveryCode.findMany(),
      await db.auditEntry.findMany(),
    ]);
    for (const secret of [setUpKey, ...codes]) expect(stored).not.toContain(secret.replaceAll('-', ''));
  });

  it('cannot be begun again, or confirmed again, while it is on', async () => {
    await switchOn();
    await expect(beginTwoFactor(ctx)).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await expect(confirmTwoFactor(ctx, { code: await appCode(1) })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });
});

describe('signing in with it', () => {
  it('asks for a code only after the right password, and starts no session without one', async () => {
    await switchOn();
    const before = await db.session.count({ where: { userId } });
    expect(await signIn(undefined, 'wrong wrong wrong')).toBeNull();
    expect(await signIn(await appCode(), 'wrong wrong wrong')).toBeNull();
    expect(await signIn()).toBe('code-needed');
    expect(await signIn('')).toBe('code-needed');
    expect(await signIn('000000')).toBe('code-wrong');
    expect(await db.session.count({ where: { userId } })).toBe(before);
    expect(started(await signIn(await appCode()))).toBe(true);
  });

  it('refuses a code that was used, also an older one, and lets one of many at once through', async () => {
    await switchOn();
    const code = await appCode();
    const answers = await Promise.all([signIn(code), signIn(code), signIn(code)]);
    expect(answers.filter(started)).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'code-wrong')).toHaveLength(2);
    expect(await signIn(await appCode(-1))).toBe('code-wrong');
    const refusals = await db.auditEntry.findMany({ where: { action: 'user.sign-in', outcome: 'refused' } });
    expect(refusals.filter(({ targetId }) => targetId === userId)).toHaveLength(3);
  });

  it('takes each recovery code once, however it is typed, and none of an earlier list', async () => {
    const [first = '', second = ''] = await switchOn();
    expect(started(await signIn(first.toUpperCase().replaceAll('-', ' ')))).toBe(true);
    expect(await signIn(first)).toBe('code-wrong');
    expect(await getTwoFactor(ctx)).toMatchObject({ recoveryCodes: 9 });
    await renewRecoveryCodes(ctx);
    expect(await signIn(second)).toBe('code-wrong');
  });

  it('takes no code of somebody else', async () => {
    const [code = ''] = await switchOn();
    const other = await makeUser({ role: 'SUPPORT', password });
    const { secret, confirmedAt } = await db.twoFactor.findUniqueOrThrow({ where: { userId } });
    await db.twoFactor.create({ data: { userId: other.id, secret, confirmedAt } });
    const asked = checkSignIn(visitor, { email: other.email, password, code });
    expect(await asked).toBe('code-wrong');
    // A sealed secret that was copied to another row does not open there.
    const copied = checkSignIn(visitor, { email: other.email, password, code: await appCode(1) });
    await expect(copied).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('gives five codes, however often the password is entered between them', async () => {
    await switchOn();
    for (let round = 0; round < 5; round++) {
      expect(await signIn()).toBe('code-needed');
      expect(await signIn('123456')).toBe('code-wrong');
    }
    await expect(signIn(await appCode())).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('taking it away', () => {
  it('needs a code, and is refused where staff have to have it', async () => {
    const [code = ''] = await switchOn();
    await expect(removeTwoFactor(ctx, { code: '000000' })).rejects.toMatchObject({ issues: [{ path: ['code'] }] });
    await updateSettings(ctx, { requireTwoFactor: true });
    await expect(removeTwoFactor(ctx, { code })).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await updateSettings(ctx, { requireTwoFactor: false });
    await removeTwoFactor(ctx, { code: await appCode() });
    expect(await db.recoveryCode.count({ where: { userId } })).toBe(0);
    expect(started(await signIn())).toBe(true);
  });

  it('is done for a colleague who lost the phone, never for oneself; every session ends', async () => {
    await switchOn();
    await expect(resetTwoFactor(ctx, { id: userId })).rejects.toMatchObject({ code: 'INVALID_STATE' });
    const boss = await makeUser({ role: 'ADMIN' });
    const actor = { type: 'user', id: boss.id, name: boss.name, role: 'ADMIN', customerId: null } as const;
    await resetTwoFactor({ ...ctx, actor }, { id: userId });
    expect(await actorOfSession(ctx.sessionId ?? '')).toBeNull();
    expect(started(await signIn())).toBe(true);
  });
});

describe('where it is a must', () => {
  const call = (cookie: string, path: string, type: 'query' | 'mutation' = 'query', input: unknown = {}) =>
    callOverHttp(cookie, { path, type }, input);

  it('staff without it may set it up and nothing else, at once; customers are not asked', async () => {
    const cookie = await cookieOf(userId);
    const customer = await makeUser({ role: 'CUSTOMER' });
    await updateSettings(ctx, { requireTwoFactor: true });
    const refused = await call(cookie, 'services.list');
    expect([refused.status, JSON.parse(refused.text).error.data.reason]).toEqual([403, 'TWO_FACTOR_NEEDED']);
    expect((await call(cookie, 'settings.update', 'mutation', { requireTwoFactor: false })).status).toBe(403);
    expect((await call(cookie, 'users.me')).status).toBe(200);
    expect((await call(await cookieOf(customer.id), 'services.list')).status).toBe(200);
    const begun = JSON.parse((await call(cookie, 'twoFactor.begin', 'mutation')).text).result.data;
    expect((await call(cookie, 'services.list')).status).toBe(403);
    await call(cookie, 'twoFactor.confirm', 'mutation', { code: codeAt(begun.setUpKey) });
    expect((await call(cookie, 'services.list')).status).toBe(200);
  });

  it('says so of the session', async () => {
    await updateSettings(ctx, { requireTwoFactor: true });
    const { session } = (await readSession(ctx.sessionId ?? '')) ?? {};
    expect(session?.mustSetUpTwoFactor).toBe(true);
    await switchOn();
    expect((await readSession(ctx.sessionId ?? ''))?.session.mustSetUpTwoFactor).toBe(false);
  });
});
