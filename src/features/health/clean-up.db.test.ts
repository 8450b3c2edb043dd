import { expect, it } from 'vitest';
import { db } from '@/lib/db';
import { makeUser } from '../../../prisma/factories/user';
import { cleanUp } from './clean-up';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

it('removes what has ended long ago and nothing else', async () => {
  const { id: userId } = await makeUser();
  await db.session.createMany({
    data: [
      { userId, expiresAt: daysAgo(8) },
      { userId, expiresAt: daysAgo(6) },
      { userId, expiresAt: daysAgo(-1), revokedAt: daysAgo(9) },
      { userId, expiresAt: daysAgo(-1) },
    ],
  });
  await db.idempotencyKey.createMany({
    data: [31, 29].map((days) => ({ actor: 'a', key: `key-${days}`, inputHash: 'x', createdAt: daysAgo(days) })),
  });
  expect(await cleanUp()).toBe(3);
  expect(await db.session.count()).toBe(2);
  expect((await db.idempotencyKey.findMany()).map(({ key }) => key)).toEqual(['key-29']);
  expect(await cleanUp()).toBe(0);
});
