import { db } from '@/lib/db';

/** Whether an embedded executor of this release has ever worked on this database; its tables are its own. */
export async function hasExecutorTables(): Promise<boolean> {
  const [row] = await db.$queryRaw<{ there: boolean }[]>`SELECT to_regclass('executor.process') IS NOT NULL AS "there"`;
  return row?.there ?? false;
}
