import { capabilitiesOf } from '@/features/modules/capabilities';
import { requireService } from '@/features/services/require-service';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { getModule } from '@/modules/registry';
import { type Amount, toAmount } from './figures';

export interface ServiceUsage {
  /** Whether its panel measures anything at all. */
  measurable: boolean;
  /** null = nothing was measured yet. */
  latest: {
    disk: Amount;
    bandwidth: Amount;
    memory: Amount;
    cpuPercent: number | null;
    asOf: string;
    /** Since when it could not be renewed. */
    staleSince: string | null;
  } | null;
}

/** The newest figures of a service that this person may see. */
export async function getUsage(ctx: Ctx, serviceId: string): Promise<ServiceUsage> {
  const service = await requireService(ctx, serviceId);
  const module = await getModule(service.product.module.slug);
  const row = await db.usageLatest.findUnique({ where: { serviceId } });
  return {
    measurable: module !== null && capabilitiesOf(module).usage,
    latest: row && {
      disk: toAmount(row.diskUsed, row.diskLimit),
      bandwidth: toAmount(row.bandwidthUsed, row.bandwidthLimit),
      memory: toAmount(row.memoryUsed, row.memoryLimit),
      cpuPercent: row.cpuPercent,
      asOf: row.asOf.toISOString(),
      staleSince: row.staleSince?.toISOString() ?? null,
    },
  };
}

export interface UsageDay {
  /** 2026-11-24, UTC. */
  day: string;
  disk: number | null;
  diskPeak: number | null;
  transferred: number;
}

/** A service's days with figures, oldest first; days without any are not there. The newest is with the newest figures. */
export async function getUsageHistory(ctx: Ctx, serviceId: string, days: number): Promise<UsageDay[]> {
  await requireService(ctx, serviceId);
  return db.$queryRaw<
    UsageDay[]
  >`SELECT d."day"::text, d."diskUsed"::float8 AS "disk", d."diskPeak"::float8 AS "diskPeak",
      d."transferred"::float8 AS "transferred"
    FROM (
      SELECT "day", "diskUsed", "diskPeak", "transferred" FROM "UsageDaily" WHERE "serviceId" = ${serviceId}
      UNION ALL
      SELECT "asOf"::date, "diskUsed", "dayDiskPeak", "dayTransferred" FROM "UsageLatest" WHERE "serviceId" = ${serviceId}
    ) d WHERE d."day" > (now() - make_interval(days => ${days}))::date ORDER BY d."day"`;
}

/** Bytes, the sum over services that are measured; `stale` = how many of them could not be renewed. */
export interface UsageTotals {
  disk: number;
  bandwidth: number;
  services: number;
  stale: number;
}

export interface ServerUsage extends UsageTotals {
  /** Whether its panel measures anything at all. */
  measurable: boolean;
  run: {
    asOf: string | null;
    staleSince: string | null;
    problem: string | null;
    words: string | null;
    durationMs: number | null;
    missing: number;
    nextRunAt: string;
  } | null;
}

/** What the services of a server use together, and how the last reading went. */
export async function getServerUsage(serverId: string): Promise<ServerUsage> {
  const server = await db.server.findUnique({
    where: { id: serverId },
    select: { module: { select: { slug: true } } },
  });
  if (!server) throw notFound('server');
  const module = await getModule(server.module.slug);
  const [sums] = await db.$queryRaw<UsageTotals[]>`SELECT COALESCE(sum("diskUsed"), 0)::float8 AS "disk",
      COALESCE(sum("bandwidthUsed"), 0)::float8 AS "bandwidth", count(*)::int AS "services", count("staleSince")::int AS "stale"
    FROM "UsageLatest" l JOIN "Service" v ON v."id" = l."serviceId" AND v."serverId" = ${serverId} AND v."status" IN ('ACTIVE', 'SUSPENDED')`;
  const run = await db.usageRun.findUnique({ where: { serverId } });
  return {
    ...(sums ?? NOTHING),
    measurable: module !== null && capabilitiesOf(module).usage,
    run: run && {
      asOf: run.asOf?.toISOString() ?? null,
      staleSince: run.staleSince?.toISOString() ?? null,
      problem: run.problem,
      words: run.words,
      durationMs: run.durationMs,
      missing: run.missing,
      nextRunAt: run.nextRunAt.toISOString(),
    },
  };
}

const NOTHING: UsageTotals = { disk: 0, bandwidth: 0, services: 0, stale: 0 };

export interface GroupUsage {
  totals: UsageTotals;
  /** The 100 that use most disk space, the fullest first. */
  servers: (UsageTotals & { serverId: string; name: string })[];
}

/** The same for a group and for each of its servers. */
export async function getGroupUsage(groupId: string): Promise<GroupUsage> {
  const servers = await db.$queryRaw<GroupUsage['servers']>`SELECT s."id" AS "serverId", s."name",
      COALESCE(sum(l."diskUsed"), 0)::float8 AS "disk", COALESCE(sum(l."bandwidthUsed"), 0)::float8 AS "bandwidth",
      count(l."serviceId")::int AS "services", count(l."staleSince")::int AS "stale"
    FROM "Server" s LEFT JOIN "Service" v ON v."serverId" = s."id" AND v."status" IN ('ACTIVE', 'SUSPENDED')
      LEFT JOIN "UsageLatest" l ON l."serviceId" = v."id"
    WHERE s."groupId" = ${groupId} AND s."archivedAt" IS NULL
    GROUP BY s."id", s."name" ORDER BY 3 DESC, s."name"`;
  const totals = { ...NOTHING };
  for (const { disk, bandwidth, services, stale } of servers) {
    totals.disk += disk;
    totals.bandwidth += bandwidth;
    totals.services += services;
    totals.stale += stale;
  }
  return { totals, servers: servers.slice(0, 100) };
}
