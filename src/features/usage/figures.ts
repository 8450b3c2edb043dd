import { z } from 'zod';

/** Stored for "no limit"; null stands for "not measured". Neither is ever written as 0. */
export const NO_LIMIT = -1;

export const METRICS = [
  'diskUsed',
  'diskLimit',
  'bandwidthUsed',
  'bandwidthLimit',
  'memoryUsed',
  'memoryLimit',
] as const;
export type Metric = (typeof METRICS)[number];

/** Whole bytes as they are stored. */
export type Figures = Record<Metric, number | null> & { cpuPercent: number | null };

// More than any panel can mean, and as far as a number is exact.
const MOST = Number.MAX_SAFE_INTEGER;
// The usual first: what fails before it costs more than the rest, and there are a hundred thousand accounts an hour.
const amount = z.number().min(0).max(MOST);
const used = z.union([amount, z.nan()]);
const limit = z.union([amount, z.literal(Number.POSITIVE_INFINITY), z.nan()]);
const usageData = z.object({
  diskUsed: used,
  diskLimit: limit,
  bandwidthUsed: used,
  bandwidthLimit: limit,
  memoryUsed: used.optional(),
  memoryLimit: limit.optional(),
  cpuPercent: z.union([z.number().min(0), z.nan()]).optional(),
});

/**
 * What a module said of one account, checked: modules may come from elsewhere, and a text or a negative amount must not
 * become a figure. null = unreadable.
 */
export function readFigures(said: unknown): Figures | null {
  const parsed = usageData.safeParse(said);
  if (!parsed.success) return null;
  const { cpuPercent, ...amounts } = parsed.data;
  return {
    diskUsed: stored(amounts.diskUsed),
    diskLimit: stored(amounts.diskLimit),
    bandwidthUsed: stored(amounts.bandwidthUsed),
    bandwidthLimit: stored(amounts.bandwidthLimit),
    memoryUsed: stored(amounts.memoryUsed),
    memoryLimit: stored(amounts.memoryLimit),
    cpuPercent: cpuPercent === undefined || Number.isNaN(cpuPercent) ? null : cpuPercent,
  };
}

function stored(value: number | undefined): number | null {
  if (value === undefined || Number.isNaN(value)) return null;
  return value === Number.POSITIVE_INFINITY ? NO_LIMIT : Math.round(value);
}

/** As people and programs read it, in bytes. `used`: null = not measured; `limit`: null = not known, 'none' = there is none. */
export interface Amount {
  used: number | null;
  limit: number | 'none' | null;
}

/** What is stored, as it is read. */
export function toAmount(used: bigint | null, limit: bigint | null): Amount {
  return { used: toBytes(used), limit: limit === BigInt(NO_LIMIT) ? 'none' : toBytes(limit) };
}

export function toBytes(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
