import { Prisma } from '@/generated/prisma/client';
import { FILL_TYPES, type FillType } from '../groups/choices';

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
  /** The one server that a person chose. */
  only?: string | undefined;
  /** The word for servers that nothing speaks against; 'behind' by the rule unless told otherwise. */
  passedOver?: 'by-hand' | undefined;
  /** An administrator put this one order over the server's limit. */
  overLimit?: boolean | undefined;
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
export function ofTheProduct({ moduleId, groupId, only }: Wanted): Prisma.Sql {
  return all([
    Prisma.sql`s."archivedAt" IS NULL`,
    ...(moduleId === null ? [] : [Prisma.sql`s."moduleId" = ${moduleId}`]),
    ...(groupId === null ? [] : [Prisma.sql`s."groupId" = ${groupId}`]),
    ...(only === undefined ? [] : [Prisma.sql`s."id" = ${only}`]),
  ]);
}

/** Accounts that nobody here stands for take room too. */
const hasRoom = Prisma.sql`(s."maxAccounts" IS NULL OR s."accountCount" + s."unknownCount" < s."maxAccounts")`;
/** Asked once per statement, not once per server: neither looks at the server except to compare its id. */
const moduleIsActive = (moduleId: string | null) =>
  moduleId === null
    ? Prisma.sql`s."moduleId" IN (SELECT m."id" FROM "ServerModule" m WHERE m."isActive")`
    : Prisma.sql`(SELECT m."isActive" FROM "ServerModule" m WHERE m."id" = ${moduleId})`;
const fullForProduct = (productId: string) => Prisma.sql`s."id" = ANY(ARRAY(SELECT f."serverId" FROM "ServerFull" f
  WHERE f."productId" = ${productId} AND f."until" > now()))`;

/** True for a server that can take one more of this product right now. One place: choice, re-check and count use it. */
export function canTakeOne(wanted: Wanted): Prisma.Sql {
  const { productId, moduleId } = wanted;
  return all([
    isFit(wanted),
    moduleIsActive(moduleId),
    ...(productId === null ? [] : [Prisma.sql`NOT ${fullForProduct(productId)}`]),
  ]);
}

/** What of `canTakeOne` the server's own row says: all that can still change when the row is locked. */
export function isFit(wanted: Wanted): Prisma.Sql {
  const { requiredTags, requiredType, avoid, overLimit } = wanted;
  return all([
    ofTheProduct(wanted),
    Prisma.sql`s."status" = 'ACTIVE' AND NOT s."isDisabled" AND s."heldAt" IS NULL`,
    ...(overLimit ? [] : [hasRoom]),
    ...(requiredTags.length ? [Prisma.sql`s."tags" @> ${textArray(requiredTags)}`] : []),
    ...(requiredType === null ? [] : [Prisma.sql`s."type"::text = ${requiredType}`]),
    ...(avoid.length ? [Prisma.sql`NOT (s."id" = ANY(${textArray(avoid)}))`] : []),
  ]);
}

/**
 * The first thing that speaks against a server of the product. Where nothing does: 'behind' (the rule preferred another)
 * or 'by-hand' (a person did).
 */
export function whyNot(wanted: Wanted): Prisma.Sql {
  const { requiredTags, requiredType, avoid, productId, passedOver } = wanted;
  const cases = [
    Prisma.sql`WHEN NOT ${moduleIsActive(wanted.moduleId)} THEN 'module-inactive'
    WHEN s."isDisabled" THEN 'disabled'
    WHEN s."status" = 'OFFLINE' THEN 'offline'
    WHEN s."status" = 'MAINTENANCE' THEN 'maintenance'
    WHEN s."heldAt" IS NOT NULL THEN 'held'`,
    ...(requiredTags.length ? [Prisma.sql`WHEN NOT (s."tags" @> ${textArray(requiredTags)}) THEN 'missing-tag'`] : []),
    ...(requiredType === null ? [] : [Prisma.sql`WHEN s."type"::text <> ${requiredType} THEN 'wrong-type'`]),
    Prisma.sql`WHEN NOT ${hasRoom} THEN 'full'`,
    ...(productId === null ? [] : [Prisma.sql`WHEN ${fullForProduct(productId)} THEN 'full-for-product'`]),
    ...(avoid.length ? [Prisma.sql`WHEN s."id" = ANY(${textArray(avoid)}) THEN 'just-left'`] : []),
  ];
  return Prisma.sql`CASE ${Prisma.join(cases, ' ')} ELSE ${Prisma.raw(`'${passedOver ?? 'behind'}'`)} END`;
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
 * the result is the same.
 */
export function rankOf(rule: FillType): Prisma.Sql {
  switch (rule) {
    case 'fill':
      return Prisma.sql`s."accountCount"`;
    case 'round-robin':
      return Prisma.sql`s."assignedSeq"`;
    case 'pack':
      return Prisma.sql`s."groupPosition"`;
    case 'balanced':
      return share;
  }
}
