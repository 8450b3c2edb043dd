'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { RouterOutputs } from '@/trpc/types';

type Point = RouterOutputs['health']['checks']['points'][number];

const WIDTH = 600;
const HEIGHT = 110;
const TOP = 8;
const SLOTS = 96;

/** How long the checks of each span took, oldest at the left; a span with a failed check is red. Words for it stand above. */
export function CheckChart({ points, hours }: { points: readonly Point[]; hours: number }) {
  const t = useTranslations('serverChecks');
  const format = useFormatter();
  const slot = (hours * 3_600_000) / SLOTS;
  const end = Math.ceil(useNow({ updateInterval: 60_000 }).getTime() / slot) * slot;
  const highest = Math.max(1, ...points.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs])));
  const step = WIDTH / SLOTS;
  const place = (at: string) => SLOTS - Math.round((end - Date.parse(at)) / slot);
  const heightOf = (latencyMs: number | null) =>
    latencyMs === null ? HEIGHT - TOP : Math.max(3, (latencyMs / highest) * (HEIGHT - TOP));
  const when = (at: string) =>
    format.dateTime(new Date(at), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <figure className="m-0">
      <svg aria-hidden viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="block h-28 w-full">
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - 0.5}
          y2={HEIGHT - 0.5}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
        {points.map(({ at, latencyMs, checks, misses }) => (
          <g key={at} data-tone={misses > 0 ? 'red' : 'blue'}>
            <rect
              x={place(at) * step + 0.6}
              y={HEIGHT - heightOf(latencyMs)}
              width={step - 1.2}
              height={heightOf(latencyMs)}
              fill="var(--tone-dot)"
              opacity={misses > 0 ? 0.6 : 0.85}
            >
              <title>{t('point', { when: when(at), checks, misses, latency: latencyMs ?? 0 })}</title>
            </rect>
          </g>
        ))}
      </svg>
      <div aria-hidden className="mt-1 flex justify-between text-xs text-ink-soft">
        <span suppressHydrationWarning>{when(new Date(end - hours * 3_600_000).toISOString())}</span>
        <span>{t('now')}</span>
      </div>
    </figure>
  );
}
