import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { type FillType, ofTheProduct, type Wanted } from './candidates';

/** Why a server was not chosen; texts in messages `placement.why.<word>`. */
export const WHY_NOT = [
  'behind',
  'full',
  'full-for-product',
  'held',
  'disabled',
  'offline',
  'maintenance',
  'module-inactive',
  'missing-tag',
  'wrong-type',
  'just-left',
] as const;
export type WhyNot = (typeof WHY_NOT)[number];

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
  /** The first 50 that were not chosen. */
  others: OtherServer[];
  /** All that were looked at, the winner included. */
  total: number;
  /** How many of all were refused for which reason. */
  counts: Record<string, number>;
}

const SHOWN = 50;

/** Every server the product could have gone to, except the winner, with the first thing that spoke against it. */
export async function explainOthers(
  tx: Tx,
  wanted: Wanted,
  winnerId: string | null,
): Promise<Pick<PlacementReason, 'others' | 'total' | 'counts'>> {
  const rows = await tx.$queryRaw<(OtherServer & { total: number })[]>(Prisma.sql`
    SELECT s."id" AS "serverId", s."name" AS "server", (s."accountCount" + s."unknownCount")::int AS "used",
      s."maxAccounts" AS "limit", CASE
        WHEN NOT EXISTS (SELECT 1 FROM "ServerModule" m WHERE m."id" = s."moduleId" AND m."isActive") THEN 'module-inactive'
        WHEN s."isDisabled" THEN 'disabled'
        WHEN s."status" = 'OFFLINE' THEN 'offline'
        WHEN s."status" = 'MAINTENANCE' THEN 'maintenance'
        WHEN s."heldAt" IS NOT NULL THEN 'held'
        WHEN NOT (s."tags" @> ${wanted.requiredTags}::text[]) THEN 'missing-tag'
        WHEN ${wanted.requiredType}::text IS NOT NULL AND s."type"::text <> ${wanted.requiredType}::text THEN 'wrong-type'
        WHEN s."maxAccounts" IS NOT NULL AND s."accountCount" + s."unknownCount" >= s."maxAccounts" THEN 'full'
        WHEN EXISTS (SELECT 1 FROM "ServerFull" f WHERE f."serverId" = s."id"
          AND f."productId" = ${wanted.productId} AND f."until" > now()) THEN 'full-for-product'
        WHEN s."id" = ANY(${wanted.avoid}::text[]) THEN 'just-left'
        ELSE 'behind' END AS "why"
    FROM "Server" s
    WHERE ${ofTheProduct(wanted)} AND s."id" <> ${winnerId ?? ''}
    ORDER BY s."groupPosition", s."name", s."id"`);
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row.why] = (counts[row.why] ?? 0) + 1;
  return { others: rows.slice(0, SHOWN), total: rows.length + (winnerId === null ? 0 : 1), counts };
}
