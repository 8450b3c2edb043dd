import { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { escapeLike, type Position } from '@/lib/keyset';
import { RETRYABLE_STATES } from './operation-states';
import type { MatchingOperations, OperationTab } from './schema';

/** A failure counts until its service has a newer operation: then that one tells how things stand. */
const NOT_SUPERSEDED = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Operation" n WHERE n."serviceId" = o."serviceId" AND (n."createdAt", n."id") > (o."createdAt", o."id"))`;

export const TABS: Record<OperationTab, Prisma.Sql> = {
  attention: Prisma.sql`(o."state" = 'UNKNOWN' OR (o."state" = 'FAILED' AND ${NOT_SUPERSEDED}))`,
  waiting: Prisma.sql`o."state" = 'WAITING'`,
  running: Prisma.sql`o."state" IN ('QUEUED', 'RUNNING')`,
  all: Prisma.sql`TRUE`,
};

/** What "Retry" can be pressed on. */
const RETRYABLE = Prisma.sql`o."state"::text IN (${Prisma.join([...RETRYABLE_STATES])}) AND ${NOT_SUPERSEDED}`;

/** The newest operations that fit, after a position. Ids first: "superseded" compares two rows of one table. */
export function findOperations(
  filter: MatchingOperations,
  position: Position | null,
  limit: number,
): Promise<Position[]> {
  return find(fits(filter), position, limit);
}

/** The same of those only that can be retried. */
export function findRetryable(filter: MatchingOperations, position: Position | null, limit: number) {
  return find(Prisma.sql`${fits(filter)} AND ${RETRYABLE}`, position, limit);
}

/** How many could be retried, by state; counted up to 1,000. */
export async function countRetryable(filter: MatchingOperations): Promise<RetryableCount> {
  const rows = await db.$queryRaw<{ state: RetryableState; count: number }[]>`
    SELECT bounded."state"::text AS "state", count(*)::int AS "count"
    FROM (SELECT o."state" FROM ${FROM} WHERE ${fits(filter)} AND ${RETRYABLE} LIMIT ${COUNTED + 1}) bounded GROUP BY 1`;
  const states = { FAILED: 0, UNKNOWN: 0, WAITING: 0 };
  for (const { state, count } of rows) states[state] = count;
  const counted = states.FAILED + states.UNKNOWN + states.WAITING;
  return { count: Math.min(counted, COUNTED), more: counted > COUNTED, states };
}

type RetryableState = (typeof RETRYABLE_STATES)[number];
export interface RetryableCount {
  count: number;
  /** There are more than were counted. */
  more: boolean;
  states: Record<RetryableState, number>;
}
const COUNTED = 1000;

const FROM = Prisma.sql`"Operation" o
  JOIN "Service" s ON s."id" = o."serviceId"
  JOIN "Customer" c ON c."id" = s."customerId"`;

function find(condition: Prisma.Sql, position: Position | null, limit: number): Promise<Position[]> {
  // The column has no zone and holds UTC; as text the position is compared as exactly that.
  const at = position && Prisma.sql`${position.createdAt.toISOString().slice(0, -1)}::timestamp`;
  return db.$queryRaw<Position[]>`
    SELECT o."id", o."createdAt" FROM ${FROM}
    WHERE ${condition} AND ${position ? Prisma.sql`(o."createdAt", o."id") < (${at}, ${position.id})` : Prisma.sql`TRUE`}
    ORDER BY o."createdAt" DESC, o."id" DESC LIMIT ${limit}`;
}

function fits({ tab, state, kind, reason, search, serverId }: MatchingOperations): Prisma.Sql {
  const conditions = [TABS[tab]];
  if (state) conditions.push(Prisma.sql`o."state" = ${state}::"OperationState"`);
  if (kind) conditions.push(Prisma.sql`o."kind" = ${kind}::"OperationKind"`);
  if (reason) conditions.push(forReason(reason));
  if (search) conditions.push(matches(search));
  if (serverId) conditions.push(ofServer(serverId));
  return Prisma.join(conditions, ' AND ');
}

/** Named with the states that have a reason: they are few and indexed, while most of the table has succeeded. */
function forReason(reason: string): Prisma.Sql {
  return Prisma.sql`(o."state" IN ('WAITING', 'FAILED', 'UNKNOWN', 'CANCELLED') AND o."reason"->>'code' = ${reason})`;
}

/** Of services that live there or are being made there, and of those that were tried there. */
function ofServer(serverId: string): Prisma.Sql {
  return Prisma.sql`(s."serverId" = ${serverId} OR EXISTS (
    SELECT 1 FROM "Placement" p WHERE p."serviceId" = s."id" AND p."serverId" = ${serverId} AND p."releasedAt" IS NULL) OR EXISTS (
    SELECT 1 FROM "OperationAttempt" a WHERE a."operationId" = o."id" AND a."serverId" = ${serverId}))`;
}

function matches(search: string): Prisma.Sql {
  const pattern = `%${escapeLike(search)}%`;
  return Prisma.sql`(s."domain" ILIKE ${pattern} OR s."username" ILIKE ${pattern} OR s."remoteId" ILIKE ${pattern}
    OR c."name" ILIKE ${pattern} OR c."email" ILIKE ${pattern} OR o."id" = ${search} OR s."id" = ${search})`;
}
