import { Prisma } from '@/generated/prisma/client';
import { PLANNED_ONCE, type Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { bestFirst, canTakeOne, type FillType, isFit, rankOf, type Wanted } from './candidates';
import { explanation, type PlacementReason, written } from './explain-placement';

export interface SlotOwner {
  serviceId: string;
  operationId: string;
  byHand?: PlacementReason['byHand'] | undefined;
}

export interface TakenSlot {
  placementId: string;
  serverId: string;
  server: string;
}

/** Equals that are looked at while rivals hold the first of them. */
const EQUALS = 12;

/**
 * Chooses the best server, takes one slot on it and writes the placement with its reason, in one statement; null = no
 * server can take one more.
 *
 * Parallel orders get what the rule says, as if they had come one after the other: a server that a rival is just taking
 * is passed over only for one that is as good by the rule, and a row that changed since it was judged is not taken.
 * Otherwise the rival is waited for and everything is judged again. "No room" is said only after a look that waits for
 * nobody, because a server that is merely being looked at is not full.
 */
export async function takeSlot(tx: Tx, owner: SlotOwner, wanted: Wanted, rule: FillType): Promise<TakenSlot | null> {
  const statement = takeBest(owner, wanted, rule);
  const take = async () => (await tx.$queryRaw<TakenSlot[]>(statement))[0];
  for (;;) {
    const taken = await take();
    if (taken) return taken;
    const [best] = await tx.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT s."id" FROM "Server" s WHERE ${canTakeOne(wanted)} ORDER BY ${bestFirst(rule)} LIMIT 1`,
    );
    if (!best) return null;
    const next = await waitForRival(tx, best.id, take);
    if (next) return next;
  }
}

function takeBest({ serviceId, operationId, byHand }: SlotOwner, wanted: Wanted, rule: FillType): Prisma.Sql {
  // `pack` wants the first server to its last slot, and in turn only one is next: nothing else is as good.
  const equals = written(rule === 'pack' || rule === 'round-robin' ? 1 : EQUALS);
  // Whoever was chosen by hand was chosen from all of them.
  const { fields, tally } = explanation(
    wanted.only === undefined ? wanted : { ...wanted, only: undefined, passedOver: 'by-hand' },
    'taken',
  );
  const chosenBy = byHand ? Prisma.sql`, 'byHand', ${JSON.stringify(byHand)}::json` : Prisma.empty;
  return Prisma.sql`${Prisma.raw(PLANNED_ONCE)} WITH ranked AS MATERIALIZED (
      SELECT s.ctid AS "row", s."assignedSeq", s."accountCount", ${rankOf(rule)} AS "rank"
      FROM "Server" s WHERE ${canTakeOne(wanted)} ORDER BY ${bestFirst(rule)} LIMIT ${equals}
    ), best AS (
      SELECT s."id" FROM ranked r JOIN "Server" s ON s.ctid = r."row"
      WHERE r."rank" IS NOT DISTINCT FROM (SELECT min("rank") FROM ranked)
        AND s."assignedSeq" = r."assignedSeq" AND s."accountCount" = r."accountCount" AND ${isFit(wanted)}
      ORDER BY ${bestFirst(rule)} LIMIT 1 FOR UPDATE OF s SKIP LOCKED
    ), taken AS (
      UPDATE "Server" AS t
      SET "accountCount" = t."accountCount" + 1, "assignedSeq" = nextval('"Server_assigned_seq"'), "updatedAt" = now()
      FROM best WHERE t."id" = best."id"
      RETURNING t."id", t."name", t."accountCount" + t."unknownCount" AS "used", t."maxAccounts" AS "limit"
    ), placed AS (
      INSERT INTO "Placement" ("id", "serviceId", "operationId", "serverId", "reason")
      SELECT ${uuidv7()}, ${serviceId}, ${operationId}, taken."id", json_build_object('rule', ${rule}::text, 'winner',
        json_build_object('serverId', taken."id", 'server', taken."name", 'used', taken."used", 'limit', taken."limit"),
        ${fields} ${chosenBy})
      FROM taken, ${tally} RETURNING "id", "serverId"
    ), told AS (
      INSERT INTO "OperationEvent" ("id", "operationId", "type", "data")
      SELECT ${uuidv7()}, ${operationId}, 'server-chosen', jsonb_build_object('server', taken."name", 'serverId', taken."id",
        'rule', ${byHand ? 'by-hand' : rule}::text)
      FROM taken
    )
    SELECT placed."id" AS "placementId", taken."id" AS "serverId", taken."name" AS "server"
    FROM placed JOIN taken ON taken."id" = placed."serverId"`;
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
