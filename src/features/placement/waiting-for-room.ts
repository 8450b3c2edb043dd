import { db } from '@/lib/db';

export interface WaitingForRoom {
  /** null = products that may use every server of their module. */
  groupId: string | null;
  /** The group's name, else the product's. */
  name: string;
  orders: number;
  since: string;
}

/** Who waits for room, one line per group however many orders wait, longest first. */
export async function waitingForRoom(): Promise<WaitingForRoom[]> {
  const rows = await db.$queryRaw<(Omit<WaitingForRoom, 'since'> & { since: Date })[]>`
    SELECT g."id" AS "groupId", COALESCE(g."name", p."name") AS "name", count(*)::int AS "orders", min(o."createdAt") AS "since"
    FROM "Operation" o JOIN "Service" v ON v."id" = o."serviceId" JOIN "Product" p ON p."id" = v."productId"
      LEFT JOIN "ServerGroup" g ON g."id" = p."serverGroupId"
    WHERE o."state" = 'WAITING' AND o."reason"->>'code' = 'no-room'
    GROUP BY g."id", COALESCE(g."name", p."name") ORDER BY "since" LIMIT 20`;
  return rows.map(({ since, ...rest }) => ({ ...rest, since: since.toISOString() }));
}
