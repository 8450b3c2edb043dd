import { Prisma } from '@/generated/prisma/client';
import { FILL_TYPES, type FillType } from '../groups/schema';

export type { FillType };

/** What a server must offer to take one more service. All fields come from the product (and the operation's history). */
export interface Wanted {
  /** null = no product in particular: nothing is "full for this product" */
  productId: string | null;
  /** null = whatever module the group's servers have; never for an order */
  moduleId: string | null;
  /** null = every server of the module */
  groupId: string | null;
  requiredTags: string[];
  requiredType: string | null;
  /** Servers this operation just moved away from. */
  avoid: string[];
}

export function readFillType(stored: string | null | undefined): FillType {
  return FILL_TYPES.find((type) => type === stored) ?? 'fill';
}

export interface PlaceableProduct {
  id: string;
  moduleId: string;
  serverGroupId: string | null;
  requiredTags: string[];
  requiredType: string | null;
}

export function wantedBy(product: PlaceableProduct, avoid: string[]): Wanted {
  return {
    productId: product.id,
    moduleId: product.moduleId,
    groupId: product.serverGroupId,
    requiredTags: product.requiredTags,
    requiredType: product.requiredType,
    avoid,
  };
}

const textArray = (values: string[]) => Prisma.sql`${values}::text[]`;
const all = (conditions: Prisma.Sql[]) => Prisma.join(conditions, ' AND ');

/**
 * The servers that the product may be placed on at all, whatever their state. Conditions that do not apply are left out
 * instead of being switched off by a parameter: the indexes of the rules fit only what is written down plainly.
 */
export function ofTheProduct({ moduleId, groupId }: Wanted): Prisma.Sql {
  return all([
    Prisma.sql`s."archivedAt" IS NULL`,
    ...(moduleId === null ? [] : [Prisma.sql`s."moduleId" = ${moduleId}`]),
    ...(groupId === null ? [] : [Prisma.sql`s."groupId" = ${groupId}`]),
  ]);
}

/** Accounts that nobody here stands for take room too. */
const hasRoom = Prisma.sql`(s."maxAccounts" IS NULL OR s."accountCount" + s."unknownCount" < s."maxAccounts")`;
const moduleIsActive = Prisma.sql`EXISTS (SELECT 1 FROM "ServerModule" m WHERE m."id" = s."moduleId" AND m."isActive")`;
const fullForProduct = (productId: string) => Prisma.sql`EXISTS (SELECT 1 FROM "ServerFull" f
  WHERE f."serverId" = s."id" AND f."productId" = ${productId} AND f."until" > now())`;

/** True for a server that can take one more of this product right now. One place: choice, re-check and count use it. */
export function canTakeOne(wanted: Wanted): Prisma.Sql {
  const { requiredTags, requiredType, avoid, productId } = wanted;
  return all([
    ofTheProduct(wanted),
    Prisma.sql`s."status" = 'ACTIVE' AND NOT s."isDisabled" AND s."heldAt" IS NULL AND ${hasRoom}`,
    ...(requiredTags.length ? [Prisma.sql`s."tags" @> ${textArray(requiredTags)}`] : []),
    ...(requiredType === null ? [] : [Prisma.sql`s."type"::text = ${requiredType}`]),
    ...(avoid.length ? [Prisma.sql`NOT (s."id" = ANY(${textArray(avoid)}))`] : []),
    moduleIsActive,
    ...(productId === null ? [] : [Prisma.sql`NOT ${fullForProduct(productId)}`]),
  ]);
}

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

/** The first thing that speaks against a server of the product; 'behind' = nothing does, the rule preferred another. */
export function whyNot({ requiredTags, requiredType, avoid, productId }: Wanted): Prisma.Sql {
  return Prisma.sql`CASE
    WHEN NOT ${moduleIsActive} THEN 'module-inactive'
    WHEN s."isDisabled" THEN 'disabled'
    WHEN s."status" = 'OFFLINE' THEN 'offline'
    WHEN s."status" = 'MAINTENANCE' THEN 'maintenance'
    WHEN s."heldAt" IS NOT NULL THEN 'held'
    WHEN NOT (s."tags" @> ${textArray(requiredTags)}) THEN 'missing-tag'
    WHEN ${requiredType}::text IS NOT NULL AND s."type"::text <> ${requiredType}::text THEN 'wrong-type'
    WHEN NOT ${hasRoom} THEN 'full'
    WHEN ${productId === null ? Prisma.sql`false` : fullForProduct(productId)} THEN 'full-for-product'
    WHEN s."id" = ANY(${textArray(avoid)}) THEN 'just-left'
    ELSE 'behind' END`;
}

/** How much of its limit a server uses; null = it has no limit. */
const share = Prisma.sql`(s."accountCount" + s."unknownCount")::float8 / NULLIF(s."maxAccounts", 0)`;

/** Which of the servers that can take one is the best; `replay-placement.ts` says the same for the dry run. */
export function bestFirst(rule: FillType): Prisma.Sql {
  switch (rule) {
    case 'fill':
      return Prisma.sql`s."accountCount" ASC, ${share} ASC NULLS LAST, s."createdAt" ASC, s."id" ASC`;
    case 'round-robin':
      return Prisma.sql`s."assignedSeq" ASC, s."createdAt" ASC, s."id" ASC`;
    case 'pack':
      return Prisma.sql`s."groupPosition" ASC, s."createdAt" ASC, s."id" ASC`;
    case 'balanced':
      return Prisma.sql`${share} ASC NULLS LAST, s."accountCount" ASC, s."createdAt" ASC, s."id" ASC`;
  }
}

/**
 * Servers of the same rank may be taken in either order by orders that come at the same moment: once all are committed,
 * the result is the same. In turn there are no ranks, only places in the queue.
 */
export function rankOf(rule: FillType): Prisma.Sql {
  switch (rule) {
    case 'fill':
      return Prisma.sql`s."accountCount"`;
    case 'round-robin':
      return Prisma.sql`0`;
    case 'pack':
      return Prisma.sql`s."groupPosition"`;
    case 'balanced':
      return share;
  }
}
