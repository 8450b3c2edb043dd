import { env } from '@/env';
import { db } from '@/lib/db';

/** A run that was announced and never began is announced again after this. */
const LOST_MINUTES = 10;
const AT_ONCE = 2000;

/** A server whose figures are due. `turn` makes the event's id: the same turn is never announced twice. */
export interface DueServer {
  serverId: string;
  turn: string;
}

/**
 * Takes the servers whose figures are due, each for one caller only: two schedulers at the same moment get different
 * ones. OFFLINE, held, switched-off and empty servers have no turn; their figures say since when they are old.
 */
export async function takeDueServers(): Promise<DueServer[]> {
  await db.$executeRaw`UPDATE "UsageLatest" SET "staleSince" = now()
    WHERE "staleSince" IS NULL AND "asOf" < now() - make_interval(mins => ${env.HYBLE_USAGE_MINUTES * 2})`;
  await db.$executeRaw`INSERT INTO "UsageRun" ("serverId")
    SELECT s."id" FROM "Server" s WHERE s."archivedAt" IS NULL AND NOT EXISTS (SELECT 1 FROM "UsageRun" u WHERE u."serverId" = s."id")
    ON CONFLICT DO NOTHING`;
  const due = await db.$queryRaw<{ serverId: string; turn: string }[]>`UPDATE "UsageRun"
    SET "nextRunAt" = now() + make_interval(mins => ${LOST_MINUTES})
    WHERE "serverId" IN (
      SELECT u."serverId" FROM "UsageRun" u JOIN "Server" s ON s."id" = u."serverId" JOIN "ServerModule" m ON m."id" = s."moduleId"
      WHERE u."nextRunAt" <= now() AND (u."leaseUntil" IS NULL OR u."leaseUntil" < now())
        AND s."archivedAt" IS NULL AND NOT s."isDisabled" AND s."heldAt" IS NULL AND s."status" <> 'OFFLINE'
        AND m."isActive" AND m."supportsUsage"
        AND EXISTS (SELECT 1 FROM "Service" v WHERE v."serverId" = s."id" AND v."status" IN ('ACTIVE', 'SUSPENDED'))
      ORDER BY u."nextRunAt" LIMIT ${AT_ONCE} FOR UPDATE OF u SKIP LOCKED)
    RETURNING "serverId", extract(epoch FROM "nextRunAt")::bigint::text AS "turn"`;
  return due;
}
