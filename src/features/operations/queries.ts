import { env } from '@/env';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { type Page, readCursor, toCursor } from '@/lib/keyset';
import { findOperations, TABS } from './matching-operations';
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
import type { OperationFilter } from './schema';

export async function listOperations(input: OperationFilter): Promise<Page<OperationItem>> {
  const keys = await findOperations(input, readCursor(input.cursor), input.limit + 1);
  const shown = keys.slice(0, input.limit);
  const rows = await db.operation.findMany({ where: { id: { in: shown.map(({ id }) => id) } }, include: ITEM_PARTS });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ id }) => rowOf.get(id) ?? []).map(toOperationItem),
    nextCursor: keys.length > input.limit && last ? toCursor(last) : null,
  };
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
