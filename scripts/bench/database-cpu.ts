import { readFileSync } from 'node:fs';
import { db } from '@/lib/db';

/** What our connections have used so far in ms; null where the system does not tell. */
export async function databaseCpu(): Promise<number | null> {
  const backends = await db.$queryRaw<
    { pid: number }[]
  >`SELECT "pid" FROM pg_stat_activity WHERE "application_name" = 'hyble-web'`;
  try {
    const used = backends.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]));
    return used.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6;
  } catch {
    return null;
  }
}
