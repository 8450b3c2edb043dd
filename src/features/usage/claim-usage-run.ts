import { db } from '@/lib/db';

/** Longer than any run: a list has its call's limit, one by one ends after 90 s plus one call. */
const LEASE_MINUTES = 10;

export interface UsageTurn {
  serverId: string;
  runId: string;
  /** When reading began, by the database's clock: the age of what is read. */
  startedAt: Date;
}

/** One run per server at a time; null = another one is under way. A run whose process died is over when its lease is. */
export async function claimUsageRun(serverId: string, runId: string): Promise<UsageTurn | null> {
  const [claimed] = await db.$queryRaw<
    { startedAt: Date }[]
  >`INSERT INTO "UsageRun" AS u ("serverId", "runId", "leaseUntil", "startedAt")
    SELECT "id", ${runId}, now() + make_interval(mins => ${LEASE_MINUTES}), now() FROM "Server" WHERE "id" = ${serverId}
    ON CONFLICT ("serverId") DO UPDATE SET "runId" = EXCLUDED."runId", "leaseUntil" = EXCLUDED."leaseUntil", "startedAt" = EXCLUDED."startedAt"
      WHERE u."leaseUntil" IS NULL OR u."leaseUntil" < now() OR u."runId" = EXCLUDED."runId"
    RETURNING "startedAt"`;
  return claimed ? { serverId, runId, startedAt: claimed.startedAt } : null;
}
