import { readFileSync } from 'node:fs';
import { db } from '@/lib/db';

const TICK_MS = 10;

/**
 * What the whole database has used so far in ms, connections that are closed by now included; null where the system does
 * not tell.
 */
export async function databaseCpu(): Promise<number | null> {
  const processes = await db.$queryRaw<{ pid: number }[]>`SELECT "pid" FROM pg_stat_activity`;
  try {
    const parent = afterName(processes[0]?.pid ?? 0)[1];
    const [ended = 0, endedInSystem = 0] = afterName(Number(parent)).slice(13, 15).map(Number);
    const used = processes.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]));
    return used.reduce((sum, nanoseconds) => sum + nanoseconds / 1e6, (ended + endedInSystem) * TICK_MS);
  } catch {
    return null;
  }
}

/** The fields of /proc/<pid>/stat from the third on: the second is a name that may hold anything. */
function afterName(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}
