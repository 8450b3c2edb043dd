import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { bestFirst, canTakeOne, type FillType, rankOf, type Wanted } from './candidates';

export interface TakenSlot {
  serverId: string;
  server: string;
  used: number;
  limit: number | null;
}

/** Equals that are looked at while rivals hold the first of them. */
const EQUALS = 20;

/**
 * Chooses the best server and takes one slot on it, in one statement; null = no server can take one more.
 *
 * Parallel orders get what the rule says, as if they had come one after the other: a server that a rival is just taking
 * is passed over only for one that is as good by the rule, and a row that changed since it was judged is not taken.
 * Otherwise the rival is waited for and everything is judged again. "No room" is said only after a look that waits for
 * nobody, because a server that is merely being looked at is not full.
 */
export async function takeSlot(tx: Tx, wanted: Wanted, rule: FillType): Promise<TakenSlot | null> {
  for (;;) {
    const taken = await takeBest(tx, wanted, rule);
    if (taken) return taken;
    const [best] = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT s."id" FROM "Server" s WHERE ${canTakeOne(wanted)} ORDER BY ${bestFirst(rule)} LIMIT 1`,
    );
    if (!best) return null;
    const next = await waitForRival(tx, best.id, () => takeBest(tx, wanted, rule));
    if (next) return next;
  }
}

/**
 * Which of the ranked servers may be taken while a better one is being taken by a rival. In turn it is the older half: whoever
 * stands at the end of the queue was chosen a moment ago, and the rivals that are not committed yet belong behind it.
 */
function asGood(rule: FillType): Prisma.Sql {
  return rule === 'round-robin'
    ? Prisma.sql`r."place" <= (SELECT (count(*) + 1) / 2 FROM ranked)`
    : Prisma.sql`r."rank" IS NOT DISTINCT FROM (SELECT "rank" FROM ranked WHERE "place" = 1)`;
}

async function takeBest(tx: Tx, wanted: Wanted, rule: FillType): Promise<TakenSlot | undefined> {
  // `pack` wants the first server to its last slot: nothing else is as good.
  const equals = rule === 'pack' ? 1 : EQUALS;
  const [taken] = await tx.$queryRaw<TakenSlot[]>(Prisma.sql`
    WITH ranked AS MATERIALIZED (
      SELECT s."id", s."assignedSeq", s."accountCount", ${rankOf(rule)} AS "rank",
        row_number() OVER (ORDER BY ${bestFirst(rule)}) AS "place"
      FROM "Server" s WHERE ${canTakeOne(wanted)} ORDER BY ${bestFirst(rule)} LIMIT ${equals}
    ), best AS (
      SELECT s."id" FROM ranked r JOIN "Server" s ON s."id" = r."id"
      WHERE ${asGood(rule)}
        AND s."assignedSeq" = r."assignedSeq" AND s."accountCount" = r."accountCount" AND ${canTakeOne(wanted)}
      ORDER BY r."place" LIMIT 1 FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE "Server" AS t
    SET "accountCount" = t."accountCount" + 1, "assignedSeq" = nextval('"Server_assigned_seq"'), "updatedAt" = now()
    FROM best WHERE t."id" = best."id"
    RETURNING t."id" AS "serverId", t."name" AS "server", (t."accountCount" + t."unknownCount")::int AS "used", t."maxAccounts" AS "limit"`);
  return taken;
}

/**
 * Waits until nobody else holds the row, then chooses again. When the choice is another row that is held too, this one is
 * given back first: who keeps one row while waiting for the next makes knots.
 */
async function waitForRival<T>(tx: Tx, serverId: string, choose: () => Promise<T | undefined>): Promise<T | undefined> {
  await tx.$executeRaw`SAVEPOINT "before_rival"`;
  await tx.$queryRaw`SELECT 1 FROM "Server" WHERE "id" = ${serverId} FOR UPDATE`;
  const chosen = await choose();
  if (chosen === undefined) await tx.$executeRaw`ROLLBACK TO SAVEPOINT "before_rival"`;
  return chosen;
}
