import { db } from '@/lib/db';

/** Points of a latency chart, whatever the span. */
const POINTS = 96;

export interface ServerChecks {
  /** Newest first, at most 50. */
  latest: { id: string; at: string; ok: boolean; kind: string | null; words: string | null; latencyMs: number }[];
  /** Equal spans, oldest first; spans without a check are not there. Latency of checks that succeeded, null = none did. */
  points: { at: string; latencyMs: number | null; checks: number; misses: number }[];
  /** Of all checks of the span, 0..100; null = there was none. */
  okPercent: number | null;
}

/** The checks of a server: the newest one by one, and how fast it answered over the last `hours`. */
export async function getServerChecks(serverId: string, hours: number): Promise<ServerChecks> {
  const seconds = (hours * 3600) / POINTS;
  const rows = await db.$queryRaw<
    { at: Date; latencyMs: number | null; checks: number; misses: number }[]
  >`SELECT to_timestamp(floor(extract(epoch FROM "at") / ${seconds}::float8) * ${seconds}::float8) AS "at",
      (avg("latencyMs") FILTER (WHERE "ok"))::float8 AS "latencyMs", count(*)::int AS "checks", (count(*) FILTER (WHERE NOT "ok"))::int AS "misses"
    FROM "ServerCheck" WHERE "serverId" = ${serverId} AND "at" > now() - make_interval(hours => ${hours})
    GROUP BY 1 ORDER BY 1`;
  const latest = await db.serverCheck.findMany({
    where: { serverId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 50,
    select: { id: true, at: true, ok: true, kind: true, words: true, latencyMs: true },
  });
  const checks = rows.reduce((sum, row) => sum + row.checks, 0);
  const misses = rows.reduce((sum, row) => sum + row.misses, 0);
  return {
    latest: latest.map((check) => ({ ...check, at: check.at.toISOString() })),
    points: rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      latencyMs: row.latencyMs === null ? null : Math.round(row.latencyMs),
    })),
    okPercent: checks === 0 ? null : ((checks - misses) / checks) * 100,
  };
}
