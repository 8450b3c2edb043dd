import { env } from '@/env';
import { db } from '@/lib/db';

/** A server whose check is due. `turn` makes the event's id: the same turn is never announced twice. */
export interface DueCheck {
  serverId: string;
  turn: string;
}

// Servers never come all at once, a few always may.
const AT_LEAST = 10;

/**
 * Takes the servers whose check is due, each for one caller only, and not more than their share of the interval: what
 * began together spreads out. Held servers are probed instead; switched-off ones are left alone.
 */
export function takeDueChecks(): Promise<DueCheck[]> {
  const minutes = env.HYBLE_CHECK_MINUTES;
  return db.$queryRaw<
    DueCheck[]
  >`UPDATE "Server" SET "nextCheckAt" = now() + make_interval(mins => ${minutes}) - interval '5 seconds'
    WHERE "id" IN (
      SELECT s."id" FROM "Server" s JOIN "ServerModule" m ON m."id" = s."moduleId" AND m."isActive"
      WHERE s."archivedAt" IS NULL AND NOT s."isDisabled" AND s."heldAt" IS NULL AND (s."nextCheckAt" IS NULL OR s."nextCheckAt" <= now())
      ORDER BY s."nextCheckAt" NULLS FIRST, s."id"
      LIMIT (SELECT GREATEST(${AT_LEAST}, CEIL(count(*) * 1.25 / ${minutes}))::int FROM "Server" WHERE "archivedAt" IS NULL)
      FOR UPDATE OF s SKIP LOCKED)
    RETURNING "id" AS "serverId", extract(epoch FROM "nextCheckAt")::bigint::text AS "turn"`;
}
