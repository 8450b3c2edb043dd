const DAY_MS = 86_400_000;

interface UsageDay {
  /** 2026-11-24, UTC. */
  day: string;
  disk: number | null;
  diskPeak: number | null;
  transferred: number;
}

export interface ChartDay {
  day: string;
  /** Bytes; the day's peak, null = no reading on that day. */
  disk: number | null;
  transferred: number | null;
}

/** Every day of the span, oldest first and today last: days without a reading are there and empty, not left out. */
export function toChartDays(known: readonly UsageDay[], days: number, today = new Date()): ChartDay[] {
  const byDay = new Map(known.map((entry) => [entry.day, entry]));
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(end - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    const entry = byDay.get(day);
    return { day, disk: entry ? (entry.diskPeak ?? entry.disk) : null, transferred: entry?.transferred ?? null };
  });
}
