import { expect, it } from 'vitest';
import { makeOperation } from '../../prisma/factories/operation';
import { db } from './db';

it('the clock of SQL and that of the program agree, whatever the zone of the database is', async () => {
  const [{ name } = { name: '' }] = await db.$queryRaw<{ name: string }[]>`SELECT current_database() AS "name"`;
  await db.$executeRawUnsafe(`ALTER DATABASE "${name}" SET timezone TO 'Pacific/Auckland'`);
  await db.$disconnect();
  const { id } = await makeOperation();
  await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() WHERE "id" = ${id}`;
  const { nextTryAt } = await db.operation.findUniqueOrThrow({ where: { id } });
  expect(Math.abs((nextTryAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
});
