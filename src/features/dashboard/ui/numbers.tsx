'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import { useDuration } from '@/components/time-span';
import type { RouterOutputs } from '@/trpc/types';

interface NumbersProps {
  counts: RouterOutputs['dashboard']['get']['counts'];
  medianSeconds: number | null;
}

/** The work right now, in five figures; each leads to its list. */
export function Numbers({ counts, medianSeconds }: NumbersProps) {
  const t = useTranslations('dashboard');
  const format = useFormatter();
  const duration = useDuration();
  const figures: { key: 'running' | 'waiting' | 'failed' | 'unknown'; tone: Tone; href: string }[] = [
    { key: 'running', tone: 'blue', href: '/operations?tab=running' },
    { key: 'waiting', tone: 'amber', href: '/operations?tab=waiting' },
    { key: 'failed', tone: 'red', href: '/operations' },
    { key: 'unknown', tone: 'violet', href: '/operations' },
  ];
  return (
    <section aria-label={t('now')} className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
      {figures.map(({ key, tone, href }) => (
        <Link
          key={key}
          href={href}
          data-tone={counts[key] > 0 ? tone : 'grey'}
          className="rounded-2xl border border-line bg-surface p-4 text-ink no-underline transition-colors hover:border-line-strong"
        >
          <span className="flex items-center gap-2 text-[13px] text-ink-soft">
            <span aria-hidden className="size-2 rounded-full bg-tone-dot" />
            {t(key)}
          </span>
          <span
            className={`mt-1 block text-2xl font-semibold tabular-nums ${counts[key] === 0 ? 'text-ink-soft' : ''}`}
          >
            {format.number(counts[key])}
          </span>
        </Link>
      ))}
      <div className="col-span-2 rounded-2xl border border-line bg-surface p-4 lg:col-span-1">
        <p className="text-[13px] text-ink-soft" title={t('medianHelp')}>
          {t('median')}
        </p>
        <p className="mt-1 text-2xl font-semibold tabular-nums">
          {medianSeconds === null ? (
            <span className="text-sm font-normal text-ink-soft">{t('medianNone')}</span>
          ) : (
            duration(medianSeconds)
          )}
        </p>
      </div>
    </section>
  );
}
