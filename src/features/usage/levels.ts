import { Prisma } from '@/generated/prisma/client';

/** Percent of the limit at which staff and customer are told. */
export const LEVELS = [80, 90, 100] as const;

// A level that was told is left only this far below its edge: a figure that swings around 80 % is told once, not hourly.
const SLACK_PERCENT = 5;

// As expressions of the database: it knows the figures before, and a hundred thousand of them need not come here and back.

/**
 * The level after this reading. Higher than `before` = crossed just now; without a limit or a figure nothing is near it.
 */
export function levelAfter(before: Prisma.Sql, used: Prisma.Sql, limit: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${used} IS NULL OR ${limit} IS NULL THEN ${before} WHEN ${limit} <= 0 THEN 0
    ELSE GREATEST(${highest(used, limit, 0)}, LEAST(${before}, ${highest(used, limit, SLACK_PERCENT)})) END`;
}

function highest(used: Prisma.Sql, limit: Prisma.Sql, slack: number): Prisma.Sql {
  const cases = LEVELS.toReversed().map(
    (level) =>
      Prisma.sql`WHEN ${used} * 100 >= ${limit} * ${Prisma.raw(String(level - slack))} THEN ${Prisma.raw(String(level))}`,
  );
  return Prisma.sql`CASE ${Prisma.join(cases, ' ')} ELSE 0 END`;
}

/** What a counter grew by since the last reading. One that is lower than before began anew: a month changed, or a panel restarted. */
export function grownBy(before: Prisma.Sql, now: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${before} IS NULL OR ${now} IS NULL THEN 0 WHEN ${now} >= ${before} THEN ${now} - ${before} ELSE ${now} END`;
}
