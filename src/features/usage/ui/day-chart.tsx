'use client';

import { useFormatter } from 'next-intl';
import type { ChartDay } from './chart-days';

const WIDTH = 600;
const HEIGHT = 90;
const TOP = 4;

interface DayChartProps {
  kind: 'line' | 'bars';
  days: readonly ChartDay[];
  read: (day: ChartDay) => number | null;
  /** A dashed line; null = none. */
  limit: number | null;
  /** The sum of it, for everybody. */
  words: string;
  /** One day, on hover. */
  dayWords: (value: number) => string;
}

/** One figure per day. What it says stands above in words; the picture only shows the course. */
export function DayChart({ kind, days, read, limit, words, dayWords }: DayChartProps) {
  const format = useFormatter();
  const values = days.map(read);
  const highest = Math.max(1, ...values.flatMap((value) => (value === null ? [] : [value])));
  const top = Math.max(highest, limit ?? 0);
  const step = WIDTH / days.length;
  const y = (value: number) => HEIGHT - Math.max(1, (value / top) * (HEIGHT - TOP));
  const dayName = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <figure className="m-0">
      <figcaption className="mb-1.5 text-[13px] text-ink-soft tabular-nums">{words}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        className="block h-20 w-full"
        data-tone="blue"
      >
        <Rule at={HEIGHT - 0.5} />
        {limit !== null && <Rule at={y(limit)} dashed />}
        {kind === 'line' && <Course values={values} step={step} y={y} />}
        {kind === 'bars' &&
          values.map((value, index) => (
            <rect
              key={days[index]?.day}
              x={index * step + step * 0.12}
              y={value ? y(value) : HEIGHT}
              width={step * 0.76}
              height={value ? HEIGHT - y(value) : 0}
              fill="var(--tone-dot)"
              opacity={0.8}
            />
          ))}
        {values.map((value, index) => (
          <rect key={days[index]?.day} x={index * step} y={0} width={step} height={HEIGHT} fill="transparent">
            <title>{`${dayName(days[index]?.day ?? '')}: ${value === null ? '–' : dayWords(value)}`}</title>
          </rect>
        ))}
      </svg>
      <div aria-hidden className="mt-1 flex justify-between text-xs text-ink-soft">
        <span>{dayName(days[0]?.day ?? '')}</span>
        <span>{dayName(days.at(-1)?.day ?? '')}</span>
      </div>
    </figure>
  );
}

function Rule({ at, dashed = false }: { at: number; dashed?: boolean }) {
  return (
    <line
      x1={0}
      x2={WIDTH}
      y1={at}
      y2={at}
      stroke={dashed ? 'var(--ink-soft)' : 'var(--line-strong)'}
      strokeDasharray={dashed ? '4 4' : undefined}
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** A line through the days, broken where nothing was read; a single day between two gaps is a short stroke. */
function Course({
  values,
  step,
  y,
}: {
  values: readonly (number | null)[];
  step: number;
  y: (value: number) => number;
}) {
  const parts: string[] = [];
  const fills: string[] = [];
  let open: { from: number; points: string[] } | null = null;
  const close = (end: number) => {
    if (!open) return;
    const points =
      open.points.length === 1 ? [...open.points, `${end * step} ${open.points[0]?.split(' ')[1]}`] : open.points;
    const [first = ''] = points;
    const last = points.at(-1) ?? '';
    parts.push(`M${points.join(' L')}`);
    fills.push(`M${first.split(' ')[0]} ${HEIGHT} L${points.join(' L')} L${last.split(' ')[0]} ${HEIGHT} Z`);
    open = null;
  };
  for (const [index, value] of values.entries()) {
    if (value === null) close(index);
    else {
      open ??= { from: index, points: [] };
      open.points.push(`${(index + 0.5) * step} ${y(value)}`);
    }
  }
  close(values.length);
  return (
    <>
      <path d={fills.join(' ')} fill="var(--tone-bg)" />
      <path
        d={parts.join(' ')}
        fill="none"
        stroke="var(--tone-dot)"
        strokeWidth={2}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </>
  );
}
