import type { Tone } from './status-badge';

interface BarProps {
  used: number;
  /** null = no limit. */
  limit: number | null;
  label: string;
}

export function fullness(used: number, limit: number | null): Tone {
  if (limit === null) return 'blue';
  if (limit === 0 || used >= limit) return 'red';
  return used / limit >= 0.85 ? 'amber' : 'blue';
}

/** How much of something is used; the words beside it say the numbers. */
export function Bar({ used, limit, label }: BarProps) {
  const percent = limit === null || limit === 0 ? 0 : Math.min(100, (used / limit) * 100);
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit ?? undefined}
      aria-valuenow={limit === null ? used : Math.min(used, limit)}
      data-tone={fullness(used, limit)}
      className="h-2 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className="h-full rounded-full bg-tone-dot transition-[width] duration-500"
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
