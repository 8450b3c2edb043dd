/** Percent of the limit at which staff and customer are told. */
export const LEVELS = [80, 90, 100] as const;

// A level that was told is left only this far below its edge: a figure that swings around 80 % is told once, not hourly.
const SLACK_PERCENT = 5;

/**
 * The level after this reading. Higher than `before` = crossed just now; without a limit or a figure nothing is near it.
 */
export function levelAfter(before: number, used: number | null, limit: number | null): number {
  if (used === null || limit === null) return before;
  if (limit <= 0) return 0;
  const percent = (used / limit) * 100;
  const reached = highest(percent);
  return reached >= before ? reached : Math.min(before, highest(percent + SLACK_PERCENT));
}

function highest(percent: number): number {
  return LEVELS.findLast((level) => percent >= level) ?? 0;
}

/** What a counter grew by since the last reading. One that is lower than before began anew: a month changed, or a panel restarted. */
export function grownBy(before: number | null, now: number | null): number {
  if (before === null || now === null) return 0;
  return now >= before ? now - before : now;
}
