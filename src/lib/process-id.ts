import type { Prisma } from '@/generated/prisma/client';
import { uuidv7 } from './ids';

// Next loads modules several times (pages, routes, instrumentation), globalThis only once.
const shared = globalThis as unknown as { hybleProcess?: string };

shared.hybleProcess ??= uuidv7();

/** This process among all that work on the same database, those before a restart included. */
export const processId = shared.hybleProcess;

/** What the connections of a process are called. */
export const connectionName = (id: string) => `hyble-web ${id}`;

/** Whether the process that wrote itself down as `id` is gone: it has no connection any more, and every living one sweeps. */
export async function isGone(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  if (id === processId) return false;
  const [row] = await tx.$queryRaw<{ alive: boolean }[]>`SELECT EXISTS (SELECT 1 FROM pg_stat_activity
    WHERE "datname" = current_database() AND "application_name" = ${connectionName(id)}) AS "alive"`;
  return !row?.alive;
}
