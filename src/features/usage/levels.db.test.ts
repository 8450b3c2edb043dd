import { describe, expect, it } from 'vitest';
import { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { NO_LIMIT } from './figures';
import { grownBy, levelAfter } from './levels';

const bytes = (value: number | null) => Prisma.sql`${value}::bigint`;

async function level(before: number, used: number | null, limit: number | null): Promise<number | undefined> {
  const [row] = await db.$queryRaw<
    { level: number }[]
  >`SELECT (${levelAfter(Prisma.sql`${before}::int`, bytes(used), bytes(limit))})::int AS "level"`;
  return row?.level;
}

async function growth(before: number | null, now: number | null): Promise<number | undefined> {
  const [row] = await db.$queryRaw<
    { growth: number }[]
  >`SELECT (${grownBy(bytes(before), bytes(now))})::float8 AS "growth"`;
  return row?.growth;
}

describe('levels', () => {
  it.each([
    [0, 79, 0],
    [0, 80, 80],
    [0, 99, 90],
    [90, 100, 100],
    [100, 130, 100],
    [80, 76, 80],
    [80, 74, 0],
    [100, 96, 100],
    [100, 94, 90],
    [90, 20, 0],
  ])('from level %i, at %i percent it is %i', async (before, percent, after) => {
    expect(await level(before, percent, 100)).toBe(after);
  });

  it('stay where nothing was measured, and are none without a limit', async () => {
    expect(await level(90, null, 100)).toBe(90);
    expect(await level(90, 500, null)).toBe(90);
    expect(await level(90, 500, NO_LIMIT)).toBe(0);
    expect(await level(0, 5, 0)).toBe(0);
  });

  it('are told of the largest amounts that are stored', async () => {
    expect(await level(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toBe(100);
  });

  it.each([
    [null, 7, 0],
    [7, null, 0],
    [7, 9, 2],
    [100, 3, 3],
  ])('a counter from %s to %s grew by %i', async (before, now, by) => {
    expect(await growth(before, now)).toBe(by);
  });
});
