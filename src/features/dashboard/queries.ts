import { readAllPages } from '@/lib/csv';
import { db } from '@/lib/db';
import { type GroupItem, listGroups } from '../groups/queries';
import { countAttention } from '../operations/queries';
import { type AttentionItem, needsAttention } from './attention';

export interface Dashboard {
  attention: AttentionItem[];
  /** Operations by what they do now, and servers on hold. Each counted up to 1,000. */
  counts: { waiting: number; running: number; failed: number; unknown: number; held: number };
  groups: Pick<GroupItem, 'id' | 'name' | 'used' | 'capacity' | 'free'>[];
  /** Oldest hour first, 24 of them; `other` = not finished or cancelled. */
  last24h: { hour: string; succeeded: number; failed: number; other: number }[];
  /** Of the services that became active in the last seven days. */
  medianSecondsToActive: number | null;
  serversByState: { active: number; offline: number; maintenance: number; disabled: number; held: number };
  /** What a new installation has already. */
  firstRun: { server: boolean; group: boolean; product: boolean; service: boolean };
}

/** All of them are watched; so many are drawn. */
const SHOWN_GROUPS = 100;

export async function getDashboard(): Promise<Dashboard> {
  const { items: groups } = await readAllPages((cursor) => listGroups({ cursor, limit: 100 }));
  const [attention, open, running, last24h, medianSecondsToActive, serversByState, firstRun] = await Promise.all([
    needsAttention(groups),
    countAttention(),
    countWork(),
    operationsByHour(),
    medianToActive(),
    countServers(),
    readFirstRun(),
  ]);
  return {
    attention,
    counts: { ...running, ...open, held: serversByState.held },
    groups: groups
      .slice(0, SHOWN_GROUPS)
      .map(({ id, name, used, capacity, free }) => ({ id, name, used, capacity, free })),
    last24h,
    medianSecondsToActive,
    serversByState,
    firstRun,
  };
}

async function countWork(): Promise<{ waiting: number; running: number }> {
  const rows = await db.$queryRaw<{ waiting: number; running: number }[]>`
    SELECT count(*) FILTER (WHERE bounded."state" = 'WAITING')::int AS waiting,
      count(*) FILTER (WHERE bounded."state" <> 'WAITING')::int AS running
    FROM (SELECT "state" FROM "Operation" WHERE "state" IN ('QUEUED', 'RUNNING', 'WAITING') LIMIT 1000) bounded`;
  return rows[0] ?? { waiting: 0, running: 0 };
}

async function operationsByHour(): Promise<Dashboard['last24h']> {
  // Columns hold UTC without a zone; the hours are made in UTC too, whatever zone the connection is in.
  const rows = await db.$queryRaw<Dashboard['last24h']>`
    WITH hours AS (
      SELECT generate_series(date_trunc('hour', now() AT TIME ZONE 'UTC') - interval '23 hours',
        date_trunc('hour', now() AT TIME ZONE 'UTC'), interval '1 hour') AS hour)
    SELECT to_char(h.hour, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS hour,
      count(o."id") FILTER (WHERE o."state" = 'SUCCEEDED')::int AS succeeded,
      count(o."id") FILTER (WHERE o."state" = 'FAILED')::int AS failed,
      count(o."id") FILTER (WHERE o."state" NOT IN ('SUCCEEDED', 'FAILED'))::int AS other
    FROM hours h LEFT JOIN "Operation" o
      ON o."createdAt" >= h.hour AND o."createdAt" < h.hour + interval '1 hour'
    GROUP BY h.hour ORDER BY h.hour`;
  return rows;
}

async function medianToActive(): Promise<number | null> {
  const rows = await db.$queryRaw<{ seconds: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM "activatedAt" - "createdAt"))::float8 AS seconds
    FROM "Service" WHERE "createdAt" > now() AT TIME ZONE 'UTC' - interval '7 days' AND "activatedAt" IS NOT NULL`;
  return rows[0]?.seconds ?? null;
}

/** Each server once, by what keeps it from work first. */
async function countServers(): Promise<Dashboard['serversByState']> {
  const rows = await db.$queryRaw<Dashboard['serversByState'][]>`
    SELECT count(*) FILTER (WHERE "isDisabled")::int AS disabled,
      count(*) FILTER (WHERE NOT "isDisabled" AND "heldAt" IS NOT NULL)::int AS held,
      count(*) FILTER (WHERE NOT "isDisabled" AND "heldAt" IS NULL AND "status" = 'OFFLINE')::int AS offline,
      count(*) FILTER (WHERE NOT "isDisabled" AND "heldAt" IS NULL AND "status" = 'MAINTENANCE')::int AS maintenance,
      count(*) FILTER (WHERE NOT "isDisabled" AND "heldAt" IS NULL AND "status" = 'ACTIVE')::int AS active
    FROM "Server" WHERE "archivedAt" IS NULL`;
  return rows[0] ?? { active: 0, offline: 0, maintenance: 0, disabled: 0, held: 0 };
}

async function readFirstRun(): Promise<Dashboard['firstRun']> {
  const rows = await db.$queryRaw<Dashboard['firstRun'][]>`
    SELECT EXISTS (SELECT 1 FROM "Server" WHERE "archivedAt" IS NULL) AS server,
      EXISTS (SELECT 1 FROM "ServerGroup") AS group, EXISTS (SELECT 1 FROM "Product") AS product,
      EXISTS (SELECT 1 FROM "Service") AS service`;
  return rows[0] ?? { server: false, group: false, product: false, service: false };
}
