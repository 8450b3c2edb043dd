import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeUser } from '../../prisma/factories/user';
import { callOverHttp, cookieOf } from './testing/call';

const password = 'correct horse battery';
const update = { path: 'users.update', type: 'mutation' } as const;
const confirm = { path: 'users.confirmPassword', type: 'mutation' } as const;
let cookie = '';
let admin = '';
let other = '';

beforeEach(async () => {
  admin = (await makeUser({ role: 'ADMIN', password })).id;
  other = (await makeUser({ role: 'SUPPORT' })).id;
  cookie = await cookieOf(admin);
});

const age = (minutes: number) =>
  db.$executeRaw`UPDATE "Session" SET "passwordAt" = now() - make_interval(mins => ${minutes}::int) WHERE "userId" = ${admin}`;
const rename = (name: string) => callOverHttp(cookie, update, { id: other, name });

describe('what is dangerous', () => {
  it('is done right after signing in, and for ten minutes', async () => {
    expect((await rename('Grace')).status).toBe(200);
    await age(9);
    expect((await rename('Hopper')).status).toBe(200);
  });

  it('wants the password after that, changes nothing without it, and is done with it', async () => {
    await age(11);
    const refused = await rename('Grace');
    expect([refused.status, JSON.parse(refused.text).error.data.reason]).toEqual([403, 'PASSWORD_NEEDED']);
    expect((await db.user.findUniqueOrThrow({ where: { id: other } })).name).toBe('Ada Tester');
    const wrong = await callOverHttp(cookie, confirm, { password: 'something else' });
    expect([wrong.status, JSON.parse(wrong.text).error.data.issues[0].path]).toEqual([400, ['password']]);
    expect((await rename('Grace')).status).toBe(403);
    expect((await callOverHttp(cookie, confirm, { password })).status).toBe(200);
    expect((await rename('Grace')).status).toBe(200);
  });

  it('is opened in this session only', async () => {
    const elsewhere = await cookieOf(admin);
    await age(11);
    await callOverHttp(elsewhere, confirm, { password });
    expect((await rename('Grace')).status).toBe(403);
  });

  it('gives ten tries', async () => {
    for (let round = 0; round < 10; round++)
      expect((await callOverHttp(cookie, confirm, { password: 'guess' })).status).toBe(400);
    expect((await callOverHttp(cookie, confirm, { password })).status).toBe(429);
  });
});
