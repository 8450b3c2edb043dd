import { Prisma } from '@/generated/prisma/client';

/** What a server must offer to take one more service. All fields come from the product (and the operation's history). */
export interface Wanted {
  productId: string;
  moduleId: string;
  /** null = every server of the module */
  groupId: string | null;
  requiredTags: string[];
  requiredType: string | null;
  /** Servers this operation just moved away from. */
  avoid: string[];
}

export const FILL_TYPES = ['fill', 'round-robin', 'pack', 'balanced'] as const;
export type FillType = (typeof FILL_TYPES)[number];

export function readFillType(stored: string | null | undefined): FillType {
  return FILL_TYPES.find((type) => type === stored) ?? 'fill';
}

const textArray = (values: string[]) => Prisma.sql`${values}::text[]`;

/** The servers that the product may be placed on at all, whatever their state. */
export function ofTheProduct(wanted: Wanted): Prisma.Sql {
  return Prisma.sql`s."archivedAt" IS NULL AND s."moduleId" = ${wanted.moduleId}
    AND (${wanted.groupId}::text IS NULL OR s."groupId" = ${wanted.groupId}::text)`;
}

/** True for a server that can take one more of this product right now. One place: choice, re-check and count use it. */
export function canTakeOne(wanted: Wanted): Prisma.Sql {
  return Prisma.sql`${ofTheProduct(wanted)}
    AND s."status" = 'ACTIVE' AND NOT s."isDisabled" AND s."heldAt" IS NULL
    AND (s."maxAccounts" IS NULL OR s."accountCount" + s."unknownCount" < s."maxAccounts")
    AND s."tags" @> ${textArray(wanted.requiredTags)}
    AND (${wanted.requiredType}::text IS NULL OR s."type"::text = ${wanted.requiredType}::text)
    AND NOT (s."id" = ANY(${textArray(wanted.avoid)}))
    AND EXISTS (SELECT 1 FROM "ServerModule" m WHERE m."id" = s."moduleId" AND m."isActive")
    AND NOT EXISTS (SELECT 1 FROM "ServerFull" f
      WHERE f."serverId" = s."id" AND f."productId" = ${wanted.productId} AND f."until" > now())`;
}

/** Which of the servers that can take one is the best. */
export function bestFirst(rule: FillType): Prisma.Sql {
  const share = Prisma.sql`(s."accountCount" + s."unknownCount")::float8 / NULLIF(s."maxAccounts", 0)`;
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
