import { env } from '@/env';
import { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { escapeLike, type Page, type Position, readCursor, toCursor } from '@/lib/keyset';
import {
  DETAIL_PARTS,
  ITEM_PARTS,
  type OperationBrief,
  type OperationDetail,
  type OperationItem,
  toOperationBrief,
  toOperationDetail,
  toOperationItem,
} from './operation-dto';
import type { OperationFilter, OperationTab } from './schema';

/** A failure counts until its service has a newer operation: then that one tells how things stand. */
const NOT_SUPERSEDED = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Operation" n WHERE n."serviceId" = o."serviceId" AND (n."createdAt", n."id") > (o."createdAt", o."id"))`;

const TABS: Record<OperationTab, Prisma.Sql> = {
  attention: Prisma.sql`(o."state" = 'UNKNOWN' OR (o."state" = 'FAILED' AND ${NOT_SUPERSEDED}))`,
  waiting: Prisma.sql`o."state" = 'WAITING'`,
  running: Prisma.sql`o."state" IN ('QUEUED', 'RUNNING')`,
  all: Prisma.sql`TRUE`,
};

export async function listOperations(input: OperationFilter): Promise<Page<OperationItem>> {
  const keys = await findKeys(input, readCursor(input.cursor));
  const shown = keys.slice(0, input.limit);
  const rows = await db.operation.findMany({ where: { id: { in: shown.map(({ id }) => id) } }, include: ITEM_PARTS });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ id }) => rowOf.get(id) ?? []).map(toOperationItem),
    nextCursor: keys.length > input.limit && last ? toCursor(last) : null,
  };
}

/** Ids first: "superseded" compares two rows of one table, which the query builder cannot say. */
function findKeys({ tab, search, serverId, limit }: OperationFilter, position: Position | null): Promise<Position[]> {
  // The column has no zone and holds UTC; as text the position is compared as exactly that.
  const at = position && Prisma.sql`${position.createdAt.toISOString().slice(0, -1)}::timestamp`;
  return db.$queryRaw<Position[]>`
    SELECT o."id", o."createdAt" FROM "Operation" o
    JOIN "Service" s ON s."id" = o."serviceId"
    JOIN "Customer" c ON c."id" = s."customerId"
    WHERE ${TABS[tab]}
      AND ${position ? Prisma.sql`(o."createdAt", o."id") < (${at}, ${position.id})` : Prisma.sql`TRUE`}
      AND ${search ? matches(search) : Prisma.sql`TRUE`}
      AND ${serverId ? ofServer(serverId) : Prisma.sql`TRUE`}
    ORDER BY o."createdAt" DESC, o."id" DESC LIMIT ${limit + 1}`;
}

/** Of services that live there, and of those that were tried there. */
function ofServer(serverId: string): Prisma.Sql {
  return Prisma.sql`(s."serverId" = ${serverId} OR EXISTS (
    SELECT 1 FROM "OperationAttempt" a WHERE a."operationId" = o."id" AND a."serverId" = ${serverId}))`;
}

function matches(search: string): Prisma.Sql {
  const pattern = `%${escapeLike(search)}%`;
  return Prisma.sql`(s."domain" ILIKE ${pattern} OR s."username" ILIKE ${pattern} OR s."remoteId" ILIKE ${pattern}
    OR c."name" ILIKE ${pattern} OR c."email" ILIKE ${pattern} OR o."id" = ${search} OR s."id" = ${search})`;
}

export async function getOperation(id: string): Promise<OperationDetail> {
  const row = await db.operation.findUnique({ where: { id }, include: DETAIL_PARTS });
  if (!row) throw notFound('operation');
  const newest = await newestOperations([row.serviceId]);
  return toOperationDetail(row, { isNewest: newest.includes(id), hasMailServer: hasMailServer() });
}

/** The operations of a service with everything about them, newest first. */
export async function operationsOfService(serviceId: string): Promise<OperationDetail[]> {
  const rows = await db.operation.findMany({
    where: { serviceId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 50,
    include: DETAIL_PARTS,
  });
  return rows.map((row, index) => toOperationDetail(row, { isNewest: index === 0, hasMailServer: hasMailServer() }));
}

/** Per service the operation that tells how it stands: the unfinished one, or the last one if that failed. */
export async function currentOperations(serviceIds: string[]): Promise<Map<string, OperationBrief>> {
  const ids = await newestOperations(serviceIds);
  const rows = await db.operation.findMany({
    where: { id: { in: ids }, state: { notIn: ['SUCCEEDED', 'CANCELLED'] } },
    include: ITEM_PARTS,
  });
  return new Map(rows.map((row) => [row.serviceId, toOperationBrief(row)]));
}

/** How many operations need a person, counted up to 1,000. */
export async function countAttention(): Promise<{ failed: number; unknown: number }> {
  const rows = await db.$queryRaw<{ state: string; count: number }[]>`
    SELECT bounded."state"::text AS state, count(*)::int AS count
    FROM (SELECT o."state" FROM "Operation" o WHERE ${TABS.attention} LIMIT 1000) bounded GROUP BY 1`;
  const countOf = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return { failed: countOf('FAILED'), unknown: countOf('UNKNOWN') };
}

async function newestOperations(serviceIds: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT newest."id" FROM unnest(${serviceIds}::text[]) AS wanted(id)
    CROSS JOIN LATERAL (SELECT o."id" FROM "Operation" o WHERE o."serviceId" = wanted.id
      ORDER BY o."createdAt" DESC, o."id" DESC LIMIT 1) newest`;
  return rows.map(({ id }) => id);
}

function hasMailServer(): boolean {
  return env.SMTP_URL !== undefined;
}
