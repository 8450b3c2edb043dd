import { syncServerUsage } from '@/features/usage/sync-server-usage';
import { db } from '@/lib/db';

const DAYS = 75;

/**
 * Reads what the sample services use, as the hourly run does, and invents the days before, so that charts have a course
 * on the first day already. Days that were really read stay as they are.
 */
export async function seedUsage(): Promise<void> {
  const servers = await db.server.findMany({ where: { services: { some: {} } }, select: { id: true } });
  for (const { id } of servers) await syncServerUsage(id, `sample-data-${id}`);
  await db.$executeRaw`
    INSERT INTO "UsageDaily" ("serviceId", "day", "diskUsed", "diskPeak", "diskLimit", "bandwidthUsed", "bandwidthLimit", "transferred")
    SELECT l."serviceId", (now() - make_interval(days => n))::date, disk, (disk * 1.02)::bigint, l."diskLimit",
      l."bandwidthUsed", l."bandwidthLimit", (COALESCE(l."bandwidthUsed", 0) / 30.0 * (0.6 + 0.8 * abs(sin(n * 2.3 + seed))))::bigint
    FROM (SELECT *, abs(hashtext("serviceId")) % 100 AS seed FROM "UsageLatest" WHERE "diskUsed" IS NOT NULL) l,
      generate_series(1, ${DAYS}::int) n,
      LATERAL (SELECT (l."diskUsed" * (1 - n * 0.006) * (1 + 0.03 * sin(n * 0.7 + seed)))::bigint AS disk) d
    ON CONFLICT DO NOTHING`;
}
