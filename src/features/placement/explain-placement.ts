import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { type FillType, ofTheProduct, type Wanted, type WhyNot, whyNot } from './candidates';

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
  /** A person named the server; `limitOverridden` says that it was full by then. */
  byHand?: { by: string; reason: string | null; limitOverridden: boolean };
}

export type Explanation = Pick<PlacementReason, 'others' | 'total' | 'counts' | 'more'>;

const SHOWN = 50;
/** Counting 10,000 servers for each order would cost more than the order; beyond this "and more" says enough. */
const COUNTED = 300;

/**
 * Every server the product could have gone to, except the winner, with the first thing that spoke against it. Looks at a
 * bounded number of rows, in the group's order, so that the cost does not grow with the group.
 */
export async function explainOthers(tx: Tx, wanted: Wanted, winnerId: string | null): Promise<Explanation> {
  const [row] = await tx.$queryRaw<
    { others: OtherServer[] | null; counts: Record<string, number> | null; seen: number }[]
  >(
    Prisma.sql`
    WITH looked AS (
      SELECT s."id", s."name", s."accountCount" + s."unknownCount" AS used, s."maxAccounts", ${whyNot(wanted)} AS why,
        row_number() OVER (ORDER BY s."groupPosition", s."id") AS place
      FROM "Server" s WHERE ${ofTheProduct(wanted)} AND s."id" <> ${winnerId ?? ''}
      ORDER BY s."groupPosition", s."id" LIMIT ${COUNTED + 1}
    )
    SELECT (SELECT jsonb_agg(jsonb_build_object(
          'serverId', "id", 'server', "name", 'why', why, 'used', used, 'limit', "maxAccounts") ORDER BY place)
        FROM looked WHERE place <= ${SHOWN}) AS others,
      (SELECT jsonb_object_agg(why, count) FROM
        (SELECT why, count(*) AS count FROM looked WHERE place <= ${COUNTED} GROUP BY why) AS tally) AS counts,
      (SELECT count(*)::int FROM looked) AS seen`,
  );
  const seen = row?.seen ?? 0;
  return {
    others: row?.others ?? [],
    total: Math.min(seen, COUNTED) + (winnerId === null ? 0 : 1),
    counts: row?.counts ?? {},
    ...(seen > COUNTED ? { more: true } : {}),
  };
}
