'use client';

import { useTranslations } from 'next-intl';
import type { ServerDetail } from './server-form-values';

type Check = ServerDetail['checks'][number];

const WIDTH = 600;
const HEIGHT = 120;
const GAP = 2;

/** How long each check took, oldest at the left; a failed one is a full red bar. The sum of it stands in words above. */
export function LatencyChart({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations('serverPage');
  const good = checks.filter(({ ok }) => ok).map(({ latencyMs }) => latencyMs);
  const highest = Math.max(1, ...good);
  const middle = good.toSorted((a, b) => a - b)[Math.floor(good.length / 2)] ?? 0;
  const step = WIDTH / Math.max(checks.length, 20);
  return (
    <figure className="m-0">
      <figcaption className="mb-3 flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        <span>{t('checks.count', { count: checks.length, failed: checks.length - good.length })}</span>
        {good.length > 0 && <span className="text-ink-soft">{t('checks.latency', { middle, highest })}</span>}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className="h-28 w-full">
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - 0.5}
          y2={HEIGHT - 0.5}
          stroke="var(--line-strong)"
          vectorEffect="non-scaling-stroke"
        />
        {checks.map(({ at, ok, latencyMs }, index) => {
          const height = ok ? Math.max(3, (latencyMs / highest) * (HEIGHT - 8)) : HEIGHT - 8;
          return (
            <g key={at} data-tone={ok ? 'blue' : 'red'}>
              <rect
                x={index * step}
                y={HEIGHT - height}
                width={Math.max(1, Math.min(step - GAP, 18))}
                height={height}
                fill="var(--tone-dot)"
                opacity={ok ? 0.85 : 0.55}
              />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
