import { db } from '@/lib/db';

/** Notes a sign of life in database time. */
export async function recordHeartbeat(name: string): Promise<void> {
  await db.$executeRaw`INSERT INTO "Heartbeat" ("name", "at") VALUES (${name}, now())
    ON CONFLICT ("name") DO UPDATE SET "at" = now()`;
}
