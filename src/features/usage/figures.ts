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

/**
 * What a module said of one account, checked: modules may come from elsewhere, and a text or a negative amount must not
 * become a figure. null = unreadable. By hand: a schema copies each of a hundred thousand accounts an hour several times.
 */
export function readFigures(said: unknown): Figures | null {
  if (typeof said !== 'object' || said === null) return null;
  const { diskUsed, diskLimit, bandwidthUsed, bandwidthLimit, memoryUsed, memoryLimit, cpuPercent }: Said = said;
  const figures = {
    diskUsed: used(diskUsed),
    diskLimit: limit(diskLimit),
    bandwidthUsed: used(bandwidthUsed),
    bandwidthLimit: limit(bandwidthLimit),
    memoryUsed: memoryUsed === undefined ? null : used(memoryUsed),
    memoryLimit: memoryLimit === undefined ? null : limit(memoryLimit),
    cpuPercent: cpuPercent === undefined ? null : measured(cpuPercent),
  };
  return areReadable(figures) ? figures : null;
}

type Said = Partial<Record<keyof Figures, unknown>>;

/** null = not measured, undefined = no such thing. */
function measured(value: unknown): number | null | undefined {
  if (typeof value !== 'number' || value < 0 || value === Number.POSITIVE_INFINITY) return undefined;
  return Number.isNaN(value) ? null : value;
}

function used(value: unknown): number | null | undefined {
  const amount = measured(value);
  if (amount == null) return amount;
  return amount > MOST ? undefined : Math.round(amount);
}

function limit(value: unknown): number | null | undefined {
  return value === Number.POSITIVE_INFINITY ? NO_LIMIT : used(value);
}

function areReadable(figures: Record<keyof Figures, number | null | undefined>): figures is Figures {
  return METRICS.every((metric) => figures[metric] !== undefined) && figures.cpuPercent !== undefined;
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
