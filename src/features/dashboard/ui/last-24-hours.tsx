'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Section } from '@/components/section';
import type { Tone } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';

type Hour = RouterOutputs['dashboard']['get']['last24h'][number];

const PARTS = [
  { key: 'succeeded', tone: 'green' },
  { key: 'other', tone: 'blue' },
  { key: 'failed', tone: 'red' },
] as const satisfies { key: keyof Hour; tone: Tone }[];

/** How the work of the last day ended, hour by hour, one column each. */
export function Last24Hours({ hours }: { hours: Hour[] }) {
  const t = useTranslations('dashboard');
  const sum = (key: (typeof PARTS)[number]['key']) => hours.reduce((total, hour) => total + hour[key], 0);
  const totals = { succeeded: sum('succeeded'), failed: sum('failed'), other: sum('other') };
  const total = totals.succeeded + totals.failed + totals.other;
  const highest = Math.max(1, ...hours.map(({ succeeded, failed, other }) => succeeded + failed + other));
  return (
    <Section title={t('last24h')} className="h-full">
      {total === 0 ? (
        <p className="text-sm text-ink-soft">{t('last24hNone')}</p>
      ) : (
        <figure className="m-0">
          <div
            role="img"
            aria-label={t('last24hLabel', { total, ...totals })}
            className="flex h-32 items-end gap-[3px]"
          >
            {hours.map((hour) => (
              <Column key={hour.hour} hour={hour} highest={highest} />
            ))}
          </div>
          <div aria-hidden className="mt-1.5 flex justify-between border-t border-line pt-1.5 text-xs text-ink-soft">
            <span>{t('hoursAgo')}</span>
            <span>{t('nowLabel')}</span>
          </div>
          <figcaption className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
            {PARTS.map(({ key, tone }) => (
              <span key={key} data-tone={tone} className="flex items-center gap-2">
                <span aria-hidden className="size-2.5 rounded-[3px] bg-tone-dot" />
                {t(key)} <span className="text-ink-soft tabular-nums">{totals[key]}</span>
              </span>
            ))}
          </figcaption>
        </figure>
      )}
    </Section>
  );
}

function Column({ hour, highest }: { hour: Hour; highest: number }) {
  const t = useTranslations('dashboard');
  const locale = useLocale();
  const at = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(hour.hour));
  const { succeeded, failed, other } = hour;
  return (
    <div
      title={t('hourLabel', { hour: at, succeeded, failed, other })}
      // The hour is written in the viewer's own zone, which the server does not know.
      suppressHydrationWarning
      className="flex h-full min-w-0 flex-1 flex-col-reverse overflow-hidden rounded-[3px] bg-code"
    >
      {PARTS.map(({ key, tone }) => (
        <div
          key={key}
          data-tone={tone}
          className="w-full bg-tone-dot"
          style={{ height: `${(hour[key] / highest) * 100}%` }}
        />
      ))}
    </div>
  );
}
