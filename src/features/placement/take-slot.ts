import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { bestFirst, canTakeOne, type FillType, type Wanted } from './candidates';

export interface TakenSlot {
  serverId: string;
  server: string;
  used: number;
  limit: number | null;
}

/**
 * Chooses the best server and takes one slot on it, in one statement; null = no server can take one more.
 *
 * A plain `FOR UPDATE` waits for a rival on the best row, looks at it again, and steps on to the next one when it is
 * full by then. (`SKIP LOCKED` would call a server full that is merely being looked at.) The statement sees the rows as
 * they were when it began, so before "no room" is believed the rows are looked at once more.
 */
export async function takeSlot(tx: Tx, wanted: Wanted, rule: FillType): Promise<TakenSlot | null> {
  for (;;) {
    const [taken] = await tx.$queryRaw<TakenSlot[]>(Prisma.sql`
      UPDATE "Server" AS t
      SET "accountCount" = t."accountCount" + 1, "assignedSeq" = nextval('"Server_assigned_seq"'), "updatedAt" = now()
      FROM (SELECT s."id" FROM "Server" s WHERE ${canTakeOne(wanted)} ORDER BY ${bestFirst(rule)} LIMIT 1 FOR UPDATE OF s) AS best
      WHERE t."id" = best."id"
      RETURNING t."id" AS "serverId", t."name" AS "server", (t."accountCount" + t."unknownCount")::int AS "used", t."maxAccounts" AS "limit"`);
    if (taken) return taken;
    const [left] = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT s."id" FROM "Server" s WHERE ${canTakeOne(wanted)} LIMIT 1`,
    );
    if (!left) return null;
  }
}
