import { env } from '@/env';
import { db } from '@/lib/db';

/** The executor counts as silent when no heartbeat came for this long; a new process gives it as much time to begin. */
const SILENT_SECONDS = 180;
const PING_MS = 2_000;

export interface Health {
  status: 'ok' | 'degraded';
  database: 'ok' | 'down';
  executor: 'ok' | 'starting' | 'silent';
  /** Names this start of the program, so that nobody takes a stranger on the same port for it. */
  bootId: string;
}

/** How the parts of the program are. Never throws and answers within two seconds. */
export async function checkHealth(): Promise<Health> {
  const age = await within(PING_MS, heartbeatAge()).catch(() => undefined);
  const database = age === undefined ? 'down' : 'ok';
  const executor = executorState(age ?? null, process.uptime());
  const status = database === 'ok' && executor !== 'silent' ? 'ok' : 'degraded';
  return { status, database, executor, bootId: env.HYBLE_BOOT_ID };
}

/** `age` = seconds since the last heartbeat, null = there was none. */
export function executorState(age: number | null, uptime: number): Health['executor'] {
  if (age !== null && age < SILENT_SECONDS) return 'ok';
  return uptime < SILENT_SECONDS ? 'starting' : 'silent';
}

/** Seconds since the executor's last sign of life, by the database's clock. */
export async function heartbeatAge(): Promise<number | null> {
  const rows = await db.$queryRaw<{ age: number }[]>`
    SELECT extract(epoch FROM now() - "at")::float8 AS age FROM "Heartbeat" WHERE "name" = 'executor'`;
  return rows[0]?.age ?? null;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  // When the limit wins, the late end of the other must not count as unhandled.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
