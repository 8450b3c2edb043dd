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
  /** There are more than were looked at: `total` and `counts` say "at least". */
  more?: boolean;
  /** How many of all were refused for which reason. */
  counts: Record<string, number>;
  /** A person named the server; with a reason when it was put over its limit. */
  byHand?: { by: string; overrideReason: string | null };
}

export type Explanation = Pick<PlacementReason, 'others' | 'total' | 'counts' | 'more'>;

const SHOWN = 50;
/** Counting 10,000 servers for each order would cost more than the order; beyond this "and more" says enough. */
const COUNTED = 250;

/** Why none of the servers can take the product now. */
export async function explainNoRoom(tx: Tx, wanted: Wanted): Promise<Explanation> {
  const [row] = await tx.$queryRaw<[{ explanation: Explanation }]>(
    Prisma.sql`WITH looked AS (${lookedAt(wanted, Prisma.sql`''`)}) SELECT ${explanation(0)} AS "explanation"`,
  );
  return row.explanation;
}

/**
 * Every server the product could have gone to, except the winner, with the first thing that spoke against it: a bounded
 * number of rows in the group's order, so that the cost does not grow with the group.
 */
export function lookedAt(wanted: Wanted, winnerId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT s."id", s."name", s."accountCount" + s."unknownCount" AS "used", s."maxAccounts", ${whyNot(wanted)} AS "why"
    FROM "Server" s WHERE ${ofTheProduct(wanted)} AND s."id" <> ${winnerId}
    ORDER BY s."groupPosition", s."id" LIMIT ${written(COUNTED + 1)}`;
}

/** `Explanation` as JSON, made of the rows `looked` in the order they come in; `winners` is what else counts in the total. */
export function explanation(winners: 0 | 1): Prisma.Sql {
  return Prisma.sql`(SELECT jsonb_build_object(
      'others', (SELECT COALESCE(jsonb_agg(jsonb_build_object('serverId', "id", 'server', "name", 'why', "why",
          'used', "used", 'limit', "maxAccounts")), '[]') FROM (SELECT * FROM looked LIMIT ${written(SHOWN)}) AS shown),
      'counts', (SELECT COALESCE(jsonb_object_agg("why", "count"), '{}') FROM (SELECT "why", count(*)
          FROM (SELECT "why" FROM looked LIMIT ${written(COUNTED)}) AS counted GROUP BY "why") AS words),
      'total', LEAST(count(*), ${written(COUNTED)}) + ${written(winners)})
    || CASE WHEN count(*) > ${written(COUNTED)} THEN '{"more": true}' ELSE '{}' END::jsonb FROM looked)`;
}

/** A number of ours as part of the text: the database plans for it, and one text less differs from the next. */
export function written(number: number): Prisma.Sql {
  return Prisma.raw(String(number));
}
