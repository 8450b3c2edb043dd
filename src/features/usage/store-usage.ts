import type { Tx } from '@/lib/db';
import type { Figures } from './figures';
import { grownBy, levelAfter } from './levels';
import { type Crossing, tellCrossings } from './tell-crossings';

const ROWS_AT_ONCE = 1000;

interface Stored {
  serviceId: string;
  diskUsed: number | null;
  bandwidthUsed: number | null;
  diskLevel: number;
  bandwidthLevel: number;
}

/**
 * Keeps figures read at `asOf` with one statement per 1,000 services, and tells whom they bring near a limit. Services that
 * are not on this server any more, or have ended meanwhile, and figures older than the stored ones are left out. Returns how many were kept.
 */
export async function storeUsage(
  tx: Tx,
  serverId: string,
  asOf: Date,
  figures: ReadonlyMap<string, Figures>,
): Promise<number> {
  // A run over all accounts and the refresh of one may meet: levels and growth are counted from what is stored.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`usage:${serverId}`}, 0))`;
  const entries = [...figures];
  let kept = 0;
  for (let at = 0; at < entries.length; at += ROWS_AT_ONCE) {
    kept += await storeBatch(tx, serverId, asOf, entries.slice(at, at + ROWS_AT_ONCE));
  }
  return kept;
}

async function storeBatch(tx: Tx, serverId: string, asOf: Date, entries: [string, Figures][]): Promise<number> {
  const ids = entries.map(([id]) => id);
  const stored = new Map((await readStored(tx, ids)).map((row) => [row.serviceId, row]));
  const rows = entries.map(([serviceId, now]) => {
    const old = stored.get(serviceId);
    return {
      serviceId,
      ...now,
      diskLevel: levelAfter(old?.diskLevel ?? 0, now.diskUsed, now.diskLimit),
      bandwidthLevel: levelAfter(old?.bandwidthLevel ?? 0, now.bandwidthUsed, now.bandwidthLimit),
      transferred: grownBy(old?.bandwidthUsed ?? null, now.bandwidthUsed),
    };
  });
  const kept = new Set(await writeRows(tx, serverId, asOf, JSON.stringify(rows)));
  const crossings = rows.flatMap((row) => {
    if (!kept.has(row.serviceId)) return [];
    const { serviceId } = row;
    const old = stored.get(serviceId);
    return [
      crossingOf(serviceId, 'disk', old?.diskLevel, row.diskLevel, row.diskUsed, row.diskLimit),
      crossingOf(
        serviceId,
        'bandwidth',
        old?.bandwidthLevel,
        row.bandwidthLevel,
        row.bandwidthUsed,
        row.bandwidthLimit,
      ),
    ].flatMap((crossing) => crossing ?? []);
  });
  await tellCrossings(tx, crossings);
  return kept.size;
}

function crossingOf(
  serviceId: string,
  metric: Crossing['metric'],
  before: number | undefined,
  level: number,
  used: number | null,
  limit: number | null,
): Crossing | null {
  if (level <= (before ?? 0) || used === null || limit === null) return null;
  return { serviceId, metric, level, used, limit };
}

/** As one value: a thousand rows cost the client more than they cost the database. */
async function readStored(tx: Tx, ids: string[]): Promise<Stored[]> {
  const [{ stored }] = await tx.$queryRaw<[{ stored: Stored[] | null }]>`SELECT json_agg(l) AS "stored" FROM (
      SELECT "serviceId", "diskUsed", "bandwidthUsed", "diskLevel", "bandwidthLevel"
      FROM "UsageLatest" WHERE "serviceId" = ANY(${ids})
    ) l`;
  return stored ?? [];
}

/**
 * The newest figures and the day's row in one statement; answers whose were kept. `IS TRUE` makes the database look names
 * up in a hash: it expects one row in each, and would otherwise compare all with all.
 */
async function writeRows(tx: Tx, serverId: string, asOf: Date, rows: string): Promise<string[]> {
  const [{ kept }] = await tx.$queryRaw<[{ kept: string[] | null }]>`WITH said AS MATERIALIZED (
      SELECT r.* FROM json_to_recordset(${rows}::json) AS r("serviceId" text, "diskUsed" bigint, "diskLimit" bigint,
        "bandwidthUsed" bigint, "bandwidthLimit" bigint, "memoryUsed" bigint, "memoryLimit" bigint, "cpuPercent" float8,
        "diskLevel" int, "bandwidthLevel" int, "transferred" bigint)
      JOIN "Service" v ON v."id" = r."serviceId" AND v."serverId" = ${serverId} AND v."status" IN ('ACTIVE', 'SUSPENDED')
    ), kept AS (
      INSERT INTO "UsageLatest" AS l ("serviceId", "serverId", "diskUsed", "diskLimit", "bandwidthUsed", "bandwidthLimit",
        "memoryUsed", "memoryLimit", "cpuPercent", "diskLevel", "bandwidthLevel", "asOf", "staleSince")
      SELECT "serviceId", ${serverId}, "diskUsed", "diskLimit", "bandwidthUsed", "bandwidthLimit", "memoryUsed",
        "memoryLimit", "cpuPercent", "diskLevel", "bandwidthLevel", ${asOf}::timestamp(3), NULL FROM said
      ON CONFLICT ("serviceId") DO UPDATE SET "serverId" = EXCLUDED."serverId", "diskUsed" = EXCLUDED."diskUsed",
        "diskLimit" = EXCLUDED."diskLimit", "bandwidthUsed" = EXCLUDED."bandwidthUsed",
        "bandwidthLimit" = EXCLUDED."bandwidthLimit", "memoryUsed" = EXCLUDED."memoryUsed",
        "memoryLimit" = EXCLUDED."memoryLimit", "cpuPercent" = EXCLUDED."cpuPercent", "diskLevel" = EXCLUDED."diskLevel",
        "bandwidthLevel" = EXCLUDED."bandwidthLevel", "asOf" = EXCLUDED."asOf", "staleSince" = NULL
        WHERE l."asOf" <= EXCLUDED."asOf"
      RETURNING l."serviceId"
    ), days AS (
      INSERT INTO "UsageDaily" AS d ("serviceId", "day", "diskUsed", "diskPeak", "diskLimit", "bandwidthUsed",
        "bandwidthLimit", "transferred")
      SELECT s."serviceId", ${asOf}::timestamp(3)::date, s."diskUsed", s."diskUsed", s."diskLimit", s."bandwidthUsed",
        s."bandwidthLimit", s."transferred"
      FROM said s WHERE (s."serviceId" IN (SELECT "serviceId" FROM kept)) IS TRUE
      ON CONFLICT ("serviceId", "day") DO UPDATE SET "diskUsed" = EXCLUDED."diskUsed",
        "diskPeak" = GREATEST(d."diskPeak", EXCLUDED."diskPeak"), "diskLimit" = EXCLUDED."diskLimit",
        "bandwidthUsed" = EXCLUDED."bandwidthUsed", "bandwidthLimit" = EXCLUDED."bandwidthLimit",
        "transferred" = d."transferred" + EXCLUDED."transferred"
    ) SELECT json_agg("serviceId") AS "kept" FROM kept`;
  return kept ?? [];
}
