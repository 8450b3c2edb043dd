import { db } from '@/lib/db';
import { listGroups } from '../groups/queries';
import { readCapacity } from '../groups/read-capacity';

export interface Forecast {
  groupId: string;
  /** Slots held by orders that are not active yet; part of what is used. */
  reserved: number;
  /** Orders that wait for room. */
  waiting: number;
  /** When it is full at the pace of the last 30 days; null = not in the next two years, not known yet, or there is no limit. */
  fullAt: string | null;
}

/** More groups than this are looked at on their own pages. */
const MOST_GROUPS = 50;

/** How long the room of each group lasts. Asked apart from the dashboard's figures: it changes by the day, they by the second. */
export async function readForecasts(): Promise<Forecast[]> {
  const { items } = await listGroups({ limit: MOST_GROUPS });
  const ids = items.map(({ id }) => id);
  const reserved = await db.$queryRaw<{ groupId: string; count: number }[]>`
    SELECT s."groupId", count(*)::int AS count
    FROM "Placement" p JOIN "Server" s ON s."id" = p."serverId" JOIN "Service" v ON v."id" = p."serviceId"
    WHERE p."releasedAt" IS NULL AND v."status" IN ('PENDING', 'FAILED') AND s."groupId" = ANY(${ids})
    GROUP BY s."groupId"`;
  const counts = new Map(reserved.map(({ groupId, count }) => [groupId, count]));
  const capacities = await Promise.all(ids.map((id) => readCapacity(id)));
  return ids.map((groupId, index) => ({
    groupId,
    reserved: counts.get(groupId) ?? 0,
    waiting: capacities[index]?.waiting ?? 0,
    fullAt: capacities[index]?.fullAt ?? null,
  }));
}
