import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { forgetTries } from '@/lib/rate-limit';

const code = 'set-up-code-for-tests';
process.env.HYBLE_SETUP_CODE_HASH = createHash('sha256').update(code).digest('hex');
const { createFirstAdmin, isFirstRun } = await import('./create-first-admin');

const visitor = { address: '192.0.2.1', requestId: 'r' };
const input = { code, name: 'Grace', email: 'grace@example.com', password: 'a long enough password' };

beforeEach(async () => {
  await db.user.deleteMany();
  await forgetTries('set-up', 'all');
});

it('makes the first administrator for whoever knows the code', async () => {
  expect(await isFirstRun()).toBe(true);
  const { id } = await createFirstAdmin(visitor, input);
  expect(await db.user.findUnique({ where: { id } })).toMatchObject({ role: 'ADMIN', email: input.email });
  expect(await isFirstRun()).toBe(false);
  expect(await db.auditEntry.count({ where: { targetId: id } })).toBe(1);
});

it('refuses a wrong code and names the field', async () => {
  const refused = createFirstAdmin(visitor, { ...input, code: 'guess' });
  await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT', issues: [{ path: ['code'] }] });
  expect(await db.user.count()).toBe(0);
});

it('makes one administrator when several ask at once', async () => {
  const asked = Array.from({ length: 5 }, (_, at) =>
    createFirstAdmin(visitor, { ...input, email: `a${at}@example.com` }),
  );
  const results = await Promise.allSettled(asked);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(await db.user.count()).toBe(1);
});

it('gives ten tries', async () => {
  for (let round = 0; round < 10; round++) {
    await expect(createFirstAdmin(visitor, { ...input, code: 'guess' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  }
  await expect(createFirstAdmin(visitor, input)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
});
