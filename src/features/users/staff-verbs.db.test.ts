import { beforeEach, describe, expect, it } from 'vitest';
import { actorOfSession, startSession } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';
import { makeUser } from '../../../prisma/factories/user';
import { listInput } from '../lists/schema';
import { changePassword } from './change-password';
import { disableUser } from './disable-user';
import { enableUser } from './enable-user';
import { checkPassword } from './hash-password';
import { inviteUser } from './invite-user';
import { listSessions, listStaff } from './queries';
import { renewPasswordLink } from './renew-password-link';
import { revokeOtherSessions } from './revoke-other-sessions';
import { revokeSession } from './revoke-session';
import { setPassword } from './set-password';
import { updateUser } from './update-user';

const visitor = { address: '192.0.2.7', requestId: 'r' };
const password = 'correct horse battery';
const fresh = 'another one, long enough';
let admin: Ctx;
let adminId = '';

const as = (user: { id: string; name: string; role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER' }): Ctx => ({
  ...visitor,
  actor: { type: 'user', id: user.id, name: user.name, role: user.role, customerId: null },
});
const session = (userId: string) => startSession(db, { userId, address: '198.51.100.1', agent: 'Firefox' });
const codeIn = (link: string) => new URL(link).hash.slice(1);
const actions = async (targetId: string) =>
  (await db.auditEntry.findMany({ where: { targetId }, orderBy: { at: 'asc' } })).map(({ action }) => action);

beforeEach(async () => {
  await db.user.deleteMany();
  await forgetTries('set-password', visitor.address);
  const user = await makeUser({ role: 'ADMIN', password });
  adminId = user.id;
  admin = as(user);
});

async function invite(email = 'grace@example.com') {
  const invitation = await inviteUser(admin, { name: 'Grace', email, role: 'SUPPORT' });
  if (invitation.mailed) throw new Error('a mail server is configured in a test without one');
  return invitation;
}

describe('an invitation', () => {
  it('is a link that works once, stored as a hash only', async () => {
    const { id, link } = await invite();
    expect(link).toMatch(/\/set-password#[\w-]{43}$/);
    expect(JSON.stringify(await db.oneTimeCode.findMany())).not.toContain(codeIn(link));
    expect((await listStaff(listInput.parse({}))).items.map(({ state }) => state)).toEqual(['invited', 'active']);
    const tries = [1, 2, 3].map(() => setPassword(visitor, { code: codeIn(link), password: fresh }));
    const done = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
    expect(done).toEqual([{ status: 'fulfilled', value: { email: 'grace@example.com' } }]);
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id } });
    expect(await checkPassword(passwordHash, fresh)).toBe(true);
    expect(await actions(id)).toEqual(['user.invite', 'user.set-password']);
  });

  it('is refused for an address that somebody has', async () => {
    await invite();
    await expect(invite()).rejects.toMatchObject({ issues: [{ path: ['email'] }] });
  });

  it.each([
    ['a newer one was made', async (id: string) => void (await renewPasswordLink(admin, { id }))],
    ['it is too old', async () => void (await db.oneTimeCode.updateMany({ data: { expiresAt: new Date(0) } }))],
    ['the user was switched off', async (id: string) => void (await disableUser(admin, { id }))],
  ])('does not work once %s', async (_name, change) => {
    const { id, link } = await invite();
    await change(id);
    const refused = setPassword(visitor, { code: codeIn(link), password: fresh });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT', issues: [{ path: ['code'] }] });
    expect((await db.user.findUniqueOrThrow({ where: { id } })).passwordHash).toBeNull();
  });

  it('gives ten tries', async () => {
    const { link } = await invite();
    for (let round = 0; round < 10; round++) {
      await expect(setPassword(visitor, { code: 'guess', password: fresh })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
    }
    const late = setPassword(visitor, { code: codeIn(link), password: fresh });
    await expect(late).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('the last administrator', () => {
  it('can neither be demoted nor switched off', async () => {
    const other = as(await makeUser({ role: 'SUPPORT' }));
    await expect(updateUser(admin, { id: adminId, role: 'SUPPORT' })).rejects.toThrow(/last administrator/);
    await expect(disableUser(other, { id: adminId })).rejects.toThrow(/last administrator/);
    await expect(disableUser(admin, { id: adminId })).rejects.toThrow(/cannot switch yourself off/);
  });

  it('is kept when two demote each other at once, and one who never signed in does not count', async () => {
    await makeUser({ role: 'ADMIN', passwordHash: null });
    await expect(updateUser(admin, { id: adminId, role: 'SUPPORT' })).rejects.toThrow(/last administrator/);
    const second = await makeUser({ role: 'ADMIN' });
    const results = await Promise.allSettled([
      updateUser(admin, { id: second.id, role: 'SUPPORT' }),
      updateUser(as(second), { id: adminId, role: 'SUPPORT' }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a member of staff', () => {
  it('who is switched off is out at once, and back in afterwards', async () => {
    const user = await makeUser({ role: 'SUPPORT', password });
    const sid = await session(user.id);
    await disableUser(admin, { id: user.id });
    expect(await actorOfSession(sid)).toBeNull();
    await enableUser(admin, { id: user.id });
    expect(await actorOfSession(sid)).toBeNull();
    expect(await actorOfSession(await session(user.id))).toMatchObject({ id: user.id });
    expect(await actions(user.id)).toEqual(['user.disable', 'user.enable']);
  });

  it('is never the user of a customer', async () => {
    const user = await makeUser({ role: 'CUSTOMER' });
    for (const verb of [disableUser, renewPasswordLink]) {
      await expect(verb(admin, { id: user.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('sessions', () => {
  it('are seen and ended by their owner and by administrators, by nobody else', async () => {
    const user = await makeUser({ role: 'SUPPORT' });
    const stranger = as(await makeUser({ role: 'SUPPORT' }));
    const [first, second] = [await session(user.id), await session(user.id)];
    await db.session.update({ where: { id: await session(user.id) }, data: { expiresAt: new Date(0) } });
    expect((await listSessions(as(user), {})).map(({ id }) => id).sort()).toEqual([first, second].sort());
    await expect(listSessions(stranger, { userId: user.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revokeSession(stranger, { id: first })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeSession(as(user), { id: first });
    await revokeSession(admin, { id: second });
    expect(await listSessions(admin, { userId: user.id })).toEqual([]);
    expect(await actorOfSession(first)).toBeNull();
  });

  it('end everywhere but here, when their owner asks for it; the one here is marked', async () => {
    const [here, there] = [await session(adminId), await session(adminId)];
    const ctx = { ...admin, sessionId: here };
    expect((await listSessions(ctx, {})).filter(({ current }) => current).map(({ id }) => id)).toEqual([here]);
    expect(await revokeOtherSessions(ctx)).toEqual({ ended: 1 });
    expect(await actorOfSession(there)).toBeNull();
    expect(await actorOfSession(here)).not.toBeNull();
  });

  it('all end when the role changes, not when the name does', async () => {
    const user = await makeUser({ role: 'SUPPORT' });
    const sid = await session(user.id);
    await updateUser(admin, { id: user.id, name: 'Grace' });
    expect(await actorOfSession(sid)).not.toBeNull();
    await updateUser(admin, { id: user.id, role: 'ADMIN' });
    expect(await actorOfSession(sid)).toBeNull();
  });

  it('all end with a changed password, which needs the present one', async () => {
    const sid = await session(adminId);
    const wrong = changePassword(admin, { current: 'not this one', password: fresh });
    await expect(wrong).rejects.toMatchObject({ issues: [{ path: ['current'] }] });
    expect(await actorOfSession(sid)).not.toBeNull();
    await changePassword(admin, { current: password, password: fresh });
    expect(await actorOfSession(sid)).toBeNull();
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: adminId } });
    expect(await checkPassword(passwordHash, fresh)).toBe(true);
  });
});
