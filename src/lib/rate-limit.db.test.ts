import { beforeEach, expect, it } from 'vitest';
import { db } from './db';
import { forgetTries, returnTry, takeTry } from './rate-limit';

const shared = globalThis as { hybleLimiters?: unknown };
/** Another web process: it shares nothing but the database. */
const anotherProcess = () => {
  shared.hybleLimiters = undefined;
};
const take = () => takeTry('test-mail', 'ada');

beforeEach(async () => {
  anotherProcess();
  await db.$executeRaw`TRUNCATE "RateLimit"`;
});

it('counts the tries of several processes together, parallel ones too', async () => {
  await Promise.all([take(), take(), take()]);
  anotherProcess();
  await Promise.all([take(), take()]);
  await expect(take()).rejects.toThrow(/Too many test mails.*10 minutes/);
  anotherProcess();
  await expect(take()).rejects.toThrow(/Too many test mails/);
  await expect(takeTry('test-mail', 'grace')).resolves.toBeUndefined();
});

it('begins anew when the time is over, and forgets what it is told to', async () => {
  for (let n = 0; n < 5; n += 1) await take();
  await returnTry('test-mail', 'ada');
  await take();
  await expect(take()).rejects.toThrow(/Too many/);
  anotherProcess();
  await db.$executeRaw`UPDATE "RateLimit" SET "expire" = now() - interval '1 second'`;
  await take();
  for (let n = 0; n < 4; n += 1) await take();
  anotherProcess();
  await forgetTries('test-mail', 'ada');
  await take();
});
