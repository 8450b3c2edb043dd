'use client';

import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { Fold } from '@/components/fold';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useErrorKind } from '@/features/operations/ui/reason-words';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { CheckChart } from './check-chart';

type Checks = RouterOutputs['health']['checks'];

const SPANS = [24, 168, 720] as const;

/** How a server answered its checks: in words, as a picture, and one by one. */
export function ServerChecks({ serverId }: { serverId: string }) {
  const t = useTranslations('serverChecks');
  const trpc = useTRPC();
  const [hours, setHours] = useState<(typeof SPANS)[number]>(24);
  const query = useQuery({
    ...trpc.health.checks.queryOptions({ id: serverId, hours }),
    placeholderData: keepPreviousData,
    // A check every few minutes: a page that stays open shows the next one too.
    refetchInterval: 60_000,
  });
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={220} radius="lg" />;
  const { latest } = query.data;
  return (
    <Section
      title={t('title')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('span')}
          data={SPANS.map((value) => ({ value: String(value), label: t(`spans.${value}`) }))}
          value={String(hours)}
          onChange={(value) => setHours(SPANS.find((span) => String(span) === value) ?? 24)}
        />
      }
    >
      {latest.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      ) : (
        <Course checks={query.data} hours={hours} />
      )}
    </Section>
  );
}

function Course({ checks, hours }: { checks: Checks; hours: number }) {
  const t = useTranslations('serverChecks');
  return (
    <>
      <Summary checks={checks} />
      <CheckChart points={checks.points} hours={hours} />
      <div className="mt-3">
        <Fold label={t('oneByOne')}>
          <ul className="divide-y divide-line text-[13px]">
            {checks.latest.map((check) => (
              <Check key={check.id} check={check} />
            ))}
          </ul>
        </Fold>
      </div>
    </>
  );
}

function Summary({ checks: { points, okPercent } }: { checks: Checks }) {
  const t = useTranslations('serverChecks');
  const format = useFormatter();
  const count = points.reduce((sum, point) => sum + point.checks, 0);
  const failed = points.reduce((sum, point) => sum + point.misses, 0);
  const times = points.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs])).sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  if (okPercent === null) return <p className="mb-3 text-sm text-ink-soft">{t('noneInSpan')}</p>;
  // 99.97 % must not be shown as 100 %.
  const good = Math.min(okPercent, 99.9);
  return (
    <p className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-sm tabular-nums">
      <span>{t('count', { count, failed })}</span>
      {failed > 0 && (
        <span className="text-ink-soft">
          {t('good', { share: format.number(good / 100, { style: 'percent', maximumFractionDigits: 1 }) })}
        </span>
      )}
      {middle !== undefined && (
        <span className="text-ink-soft">{t('latency', { middle, highest: times.at(-1) ?? middle })}</span>
      )}
    </p>
  );
}

function Check({ check: { at, ok, kind, words, latencyMs } }: { check: Checks['latest'][number] }) {
  const t = useTranslations('serverChecks');
  const errorKind = useErrorKind();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-1.5">
      <RelativeTime at={at} className="w-32 shrink-0 text-ink-soft" />
      <Tag tone={ok ? 'green' : 'red'} label={ok ? t('ok') : t('missed')} />
      <span className="tabular-nums text-ink-soft">{t('took', { latencyMs })}</span>
      {!ok && (
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {errorKind(kind ?? 'other')}
          {words && <span className="text-ink-soft"> · {words}</span>}
        </span>
      )}
    </li>
  );
}
