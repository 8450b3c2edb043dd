import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { type FillType, ofTheProduct, type Wanted, whyNot } from './candidates';
import type { WhyNot } from './words';

export interface OtherServer {
  serverId: string;
  server: string;
  why: WhyNot;
  used: number;
  limit: number | null;
}

export interface PlacementReason {
  rule: FillType;
  winner: { serverId: string; server: string; used: number; limit: number | null };
  /** The first 50 that were not chosen, in the group's order. */
  others: OtherServer[];
  /** All that were looked at, the winner included. */
  total: number;
  /** How many of the others were refused for which reason. */
  counts: Record<string, number>;
  /** Not all were looked at: `total` and `counts` say "at least". */
  more: boolean;
  /** A person named the server; with a reason when it was put over its limit. */
  byHand?: { by: string; overrideReason: string | null };
}

export type Explanation = Pick<PlacementReason, 'others' | 'total' | 'counts' | 'more'>;

const SHOWN = 50;
/** Counting 10,000 servers for each order would cost more than the order; beyond this "and more" says enough. */
const COUNTED = 250;

/** Why none of the servers can take the product now. */
export async function explainNoRoom(tx: Tx, wanted: Wanted): Promise<Explanation> {
  const { fields, tally } = explanation(wanted);
  const [row] = await tx.$queryRaw<[{ explanation: Explanation }]>(
    Prisma.sql`SELECT json_build_object(${fields}) AS "explanation" FROM ${tally}`,
  );
  return row.explanation;
}

/**
 * Every server the product could have gone to, except the winner (the row `taken`), with the first thing that speaks
 * against it: `fields` are those of `Explanation` for json_build_object, `tally` is the table that they count in. Two
 * bounded reads in the group's order, a wide one of few servers and a narrow one of many: the cost does not grow with
 * the group.
 */
export function explanation(wanted: Wanted, winner?: 'taken'): { fields: Prisma.Sql; tally: Prisma.Sql } {
  const others = winner ? Prisma.sql`s."id" <> taken."id"` : Prisma.sql`true`;
  const inOrder = Prisma.sql`FROM "Server" s WHERE ${ofTheProduct(wanted)} AND ${others} ORDER BY s."groupPosition", s."id"`;
  const why = Prisma.sql`${whyNot(wanted)} AS "why"`;
  return {
    tally: Prisma.sql`LATERAL (SELECT json_object_agg("why", "count") AS "counts", COALESCE(sum("count"), 0)::int AS "looked"
      FROM (SELECT "why", count(*) FROM (SELECT ${why} ${inOrder} LIMIT ${written(COUNTED)}) AS others GROUP BY "why") AS words
    ) AS tally`,
    fields: Prisma.sql`
      'others', (SELECT COALESCE(json_agg(shown), '[]') FROM (SELECT s."id" AS "serverId", s."name" AS "server", ${why},
        s."accountCount" + s."unknownCount" AS "used", s."maxAccounts" AS "limit" ${inOrder} LIMIT ${written(SHOWN)}) AS shown),
      'counts', COALESCE(tally."counts", '{}'), 'total', tally."looked" + ${written(winner ? 1 : 0)},
      'more', tally."looked" = ${written(COUNTED)} AND EXISTS (SELECT 1 ${inOrder} OFFSET ${written(COUNTED)})`,
  };
}

/** A number of ours as part of the text: the database plans for it, and one text less differs from the next. */
export function written(number: number): Prisma.Sql {
  return Prisma.raw(String(number));
}
