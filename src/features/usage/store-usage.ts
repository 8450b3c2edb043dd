import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { type Figures, METRICS } from './figures';
import { grownBy, levelAfter } from './levels';
import { type Crossing, tellCrossings } from './tell-crossings';

const ROWS_AT_ONCE = 1000;
const FIGURES = [...METRICS, 'cpuPercent'] as const;
const FIGURE_NAMES = Prisma.raw(FIGURES.map((figure) => `"${figure}"`).join(', '));

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
    const written = await writeRows(tx, serverId, asOf, entries.slice(at, at + ROWS_AT_ONCE));
    await tellCrossings(tx, written.crossings);
    kept += written.kept;
  }
  return kept;
}

interface Written {
  kept: number;
  crossings: Crossing[];
}

/**
 * The newest figures and what they bring with them, in one statement: levels, what was transferred, and the day. A day
 * stays with the newest figures until the first reading of another one puts it among the days that are over, so that an
 * hour costs one row. `IS TRUE` makes the database look names up in a hash: it expects one row in each, and would
 * otherwise compare all with all.
 */
async function writeRows(tx: Tx, serverId: string, asOf: Date, entries: [string, Figures][]): Promise<Written> {
  const ids = entries.map(([id]) => id).join(',');
  const [written] = await tx.$queryRaw<[Written]>`WITH said AS MATERIALIZED (
      SELECT r.*, ${levelNow('disk')} AS "diskLevel", ${levelNow('bandwidth')} AS "bandwidthLevel",
        ${grownBy(Prisma.sql`o."bandwidthUsed"`, Prisma.sql`r."bandwidthUsed"`)} AS "transferred", o AS "old"
      FROM unnest(string_to_array(${ids}, ','), ${Prisma.join(FIGURES.map((figure) => column(entries, figure)))})
        AS r("serviceId", ${FIGURE_NAMES})
      JOIN "Service" v ON v."id" = r."serviceId" AND v."serverId" = ${serverId} AND v."status" IN ('ACTIVE', 'SUSPENDED')
      LEFT JOIN "UsageLatest" o ON o."serviceId" = r."serviceId"
    ), over AS (
      INSERT INTO "UsageDaily" ("serviceId", "day", "diskUsed", "diskPeak", "diskLimit", "bandwidthUsed", "bandwidthLimit",
        "transferred")
      SELECT "serviceId", ("old")."asOf"::date, ("old")."diskUsed", ("old")."dayDiskPeak", ("old")."diskLimit",
        ("old")."bandwidthUsed", ("old")."bandwidthLimit", ("old")."dayTransferred"
      FROM said WHERE ("old")."asOf"::date < ${asOf}::timestamp(3)::date
      ON CONFLICT DO NOTHING
    ), kept AS (
      INSERT INTO "UsageLatest" AS l ("serviceId", "serverId", "diskUsed", "diskLimit", "bandwidthUsed", "bandwidthLimit",
        "memoryUsed", "memoryLimit", "cpuPercent", "diskLevel", "bandwidthLevel", "dayDiskPeak", "dayTransferred", "asOf",
        "staleSince")
      SELECT "serviceId", ${serverId}, "diskUsed", "diskLimit", "bandwidthUsed", "bandwidthLimit", "memoryUsed",
        "memoryLimit", "cpuPercent", "diskLevel", "bandwidthLevel", "diskUsed", "transferred", ${asOf}::timestamp(3), NULL
      FROM said
      ON CONFLICT ("serviceId") DO UPDATE SET "serverId" = EXCLUDED."serverId", "diskUsed" = EXCLUDED."diskUsed",
        "diskLimit" = EXCLUDED."diskLimit", "bandwidthUsed" = EXCLUDED."bandwidthUsed",
        "bandwidthLimit" = EXCLUDED."bandwidthLimit", "memoryUsed" = EXCLUDED."memoryUsed",
        "memoryLimit" = EXCLUDED."memoryLimit", "cpuPercent" = EXCLUDED."cpuPercent", "diskLevel" = EXCLUDED."diskLevel",
        "bandwidthLevel" = EXCLUDED."bandwidthLevel",
        "dayDiskPeak" = CASE WHEN ${sameDay} THEN GREATEST(l."dayDiskPeak", EXCLUDED."diskUsed") ELSE EXCLUDED."diskUsed" END,
        "dayTransferred" = CASE WHEN ${sameDay} THEN l."dayTransferred" ELSE 0 END + EXCLUDED."dayTransferred",
        "asOf" = EXCLUDED."asOf", "staleSince" = NULL
        WHERE l."asOf" <= EXCLUDED."asOf"
      RETURNING l."serviceId"
    )
    SELECT (SELECT count(*)::int FROM kept) AS "kept", COALESCE((SELECT json_agg(c) FROM (
        ${crossed('disk')} UNION ALL ${crossed('bandwidth')}
      ) c WHERE (c."serviceId" IN (SELECT "serviceId" FROM kept)) IS TRUE), '[]') AS "crossings"`;
  return written;
}

/** One figure of all rows, as one text: an array would be taken apart value by value on its way. Nothing stands for null. */
function column(entries: [string, Figures][], figure: (typeof FIGURES)[number]): Prisma.Sql {
  const type = Prisma.raw(figure === 'cpuPercent' ? 'float8' : 'bigint');
  return Prisma.sql`string_to_array(${entries.map(([, figures]) => figures[figure]).join(',')}, ',', '')::${type}[]`;
}

const sameDay = Prisma.sql`l."asOf"::date = EXCLUDED."asOf"::date`;

function levelNow(metric: Crossing['metric']): Prisma.Sql {
  const { level, used, limit } = columns(metric);
  return levelAfter(Prisma.sql`COALESCE(o.${level}, 0)`, Prisma.sql`r.${used}`, Prisma.sql`r.${limit}`);
}

/** Who is at a higher level than before. */
function crossed(metric: Crossing['metric']): Prisma.Sql {
  const { level, used, limit } = columns(metric);
  return Prisma.sql`SELECT "serviceId", ${Prisma.raw(`'${metric}'`)} AS "metric", ${level} AS "level", ${used} AS "used",
    ${limit} AS "limit" FROM said WHERE ${level} > COALESCE(("old").${level}, 0)`;
}

function columns(metric: Crossing['metric']) {
  const named = (part: string) => Prisma.raw(`"${metric}${part}"`);
  return { level: named('Level'), used: named('Used'), limit: named('Limit') };
}
