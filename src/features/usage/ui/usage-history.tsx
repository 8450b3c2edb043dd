'use client';

import { SegmentedControl, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { bytesText } from '@/i18n/bytes';
import { useTRPC } from '@/trpc/client';
import { type ChartDay, toChartDays } from './chart-days';
import { DayChart } from './day-chart';

const SPANS = ['30', '90'] as const;

interface UsageHistoryProps {
  serviceId: string;
  diskLimit: number | 'none' | null;
}

/** Disk space and transfer of the last 30 or 90 days, in words and as two small charts. */
export function UsageHistory({ serviceId, diskLimit }: UsageHistoryProps) {
  const t = useTranslations('usage');
  const trpc = useTRPC();
  const [span, setSpan] = useState<string>('30');
  const days = span === '90' ? 90 : 30;
  const query = useQuery({
    ...trpc.usage.history.queryOptions({ id: serviceId, days }),
    placeholderData: keepPreviousData,
  });
  // The bars above say how things are; without a history they are no less true.
  if (query.isError) return null;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-[13px] font-semibold">{t('history')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('span')}
          data={SPANS.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
          value={span}
          onChange={setSpan}
        />
      </div>
      {query.data ? (
        <Charts days={toChartDays(query.data, days)} diskLimit={diskLimit} />
      ) : (
        <Skeleton height={150} radius="md" />
      )}
    </div>
  );
}

function Charts({ days, diskLimit }: { days: ChartDay[]; diskLimit: UsageHistoryProps['diskLimit'] }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const disk = days.flatMap((day) => (day.disk === null ? [] : [day.disk]));
  const [first, last] = [disk[0], disk.at(-1)];
  if (disk.length < 2 || first === undefined || last === undefined) {
    return <p className="text-[13px] text-ink-soft">{t('historyBegins')}</p>;
  }
  const text = (bytes: number) => bytesText(bytes, locale);
  const transferred = days.reduce((sum, day) => sum + (day.transferred ?? 0), 0);
  const most = Math.max(...disk);
  // A limit far above would press the course flat.
  const limit = typeof diskLimit === 'number' && diskLimit > 0 && diskLimit <= most * 3 ? diskLimit : null;
  return (
    <div className="flex flex-col gap-4">
      <DayChart
        kind="line"
        days={days}
        read={({ disk: value }) => value}
        limit={limit}
        words={
          t('diskWords', { first: text(first), last: text(last), most: text(most) }) +
          (limit === null ? '' : ` ${t('dashedLimit')}`)
        }
        dayWords={(value) => t('diskOnDay', { amount: text(value) })}
      />
      {transferred > 0 && (
        <DayChart
          kind="bars"
          days={days}
          read={(day) => day.transferred}
          limit={null}
          words={t('transferWords', { amount: text(transferred), count: days.length })}
          dayWords={(value) => t('transferOnDay', { amount: text(value) })}
        />
      )}
    </div>
  );
}
