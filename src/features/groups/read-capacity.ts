import { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';

/** What a group can take, and how long that lasts at the pace of the last 30 days. */
export interface GroupCapacity {
  /** Slots in use on all its servers, with accounts on the panel that we do not know. */
  used: number;
  /** Limits of all its servers together; null = one of them has none. */
  limit: number | null;
  /** Slots that an order could have now: on servers that take new ones; null = no end. */
  free: number | null;
  /** Orders that wait for room. */
  waiting: number;
  /** Orders placed in the last 30 days, less the services that ended. */
  growth: number;
  /** Placed per day, over the days there are figures of, at most 30. */
  perDay: number;
  /** Too few days are known to tell a pace: the first evening of a new group would be full by tomorrow. */
  tooNew: boolean;
  /** When it is full at this pace; null = not in the next two years, not known yet, or there is no limit. */
  fullAt: string | null;
}

const DAY_MS = 86_400_000;
const FAR_DAYS = 730;
const FEW_DAYS = 7;

interface Row {
  used: number;
  limit: number | null;
  free: number | null;
  placed: number;
  released: number;
  days: number | null;
  waiting: number;
}

const takesNew = Prisma.sql`"status" = 'ACTIVE' AND NOT "isDisabled" AND "heldAt" IS NULL`;
/** `used`, `limit` and `free` of servers as `GroupCapacity` means them; `taken` is what takes room on each. */
const SLOTS = Prisma.sql`COALESCE(sum(taken), 0)::int AS "used",
      CASE WHEN count(*) FILTER (WHERE "maxAccounts" IS NULL) > 0 THEN NULL ELSE COALESCE(sum("maxAccounts"), 0)::int END AS "limit",
      CASE WHEN count(*) FILTER (WHERE "maxAccounts" IS NULL AND ${takesNew}) > 0 THEN NULL
        ELSE COALESCE(sum(GREATEST("maxAccounts" - taken, 0)) FILTER (WHERE ${takesNew}), 0)::int END AS "free"`;

export type Slots = Pick<GroupCapacity, 'used' | 'limit' | 'free'>;

/** The slots of many groups at once; a group without servers is not among them. */
export async function readSlots(groupIds: string[]): Promise<Map<string, Slots>> {
  const rows = await db.$queryRaw<(Slots & { groupId: string })[]>(Prisma.sql`
    SELECT "groupId", ${SLOTS} FROM (SELECT *, "accountCount" + "unknownCount" AS taken FROM "Server") s
    WHERE "groupId" = ANY(${groupIds}) AND "archivedAt" IS NULL GROUP BY "groupId"`);
  return new Map(rows.map((row) => [row.groupId, row]));
}

/** Reads counters and the last 30 days of placements of one group. */
export async function readCapacity(groupId: string, now = new Date()): Promise<GroupCapacity> {
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH members AS (
      SELECT s.*, s."accountCount" + s."unknownCount" AS taken FROM "Server" s WHERE s."groupId" = ${groupId} AND s."archivedAt" IS NULL
    ), recent AS (
      SELECT p."createdAt", p."releasedAt" FROM "Placement" p JOIN members s ON s."id" = p."serverId"
      WHERE p."createdAt" > now() - interval '30 days'
    )
    SELECT ${SLOTS},
      (SELECT count(*)::int FROM recent) AS "placed",
      (SELECT count(*)::int FROM "Placement" p JOIN members s ON s."id" = p."serverId"
        WHERE p."releasedAt" > now() - interval '30 days') AS "released",
      CASE WHEN EXISTS (SELECT 1 FROM "Placement" p JOIN members s ON s."id" = p."serverId" WHERE p."createdAt" <= now() - interval '30 days') THEN 30
        ELSE (SELECT GREATEST(1, CEIL(EXTRACT(EPOCH FROM now() - min("createdAt")) / 86400)) FROM recent) END::float8 AS "days",
      (SELECT count(*)::int FROM "Operation" o JOIN "Service" v ON v."id" = o."serviceId" JOIN "Product" q ON q."id" = v."productId"
        WHERE o."state" = 'WAITING' AND o."reason"->>'code' = 'no-room' AND q."serverGroupId" = ${groupId}) AS "waiting"
    FROM members`);
  const { used = 0, limit = 0, free = 0, placed = 0, released = 0, waiting = 0 } = row ?? {};
  const growth = placed - released;
  const days = row?.days ?? 30;
  const perDay = growth / days;
  const tooNew = days < FEW_DAYS;
  return { used, limit, free, waiting, growth, perDay, tooNew, fullAt: tooNew ? null : forecast(free, perDay, now) };
}

/** When nothing is free any more if it goes on like this. A straight line: it says "order servers by June", no more. */
export function forecast(free: number | null, perDay: number, now: Date): string | null {
  if (free === null || perDay <= 0) return null;
  const days = free / perDay;
  return days > FAR_DAYS ? null : new Date(now.getTime() + days * DAY_MS).toISOString();
}
