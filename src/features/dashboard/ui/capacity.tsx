'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Bar, fullness } from '@/components/bar';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Group = RouterOutputs['dashboard']['get']['groups'][number];
type Forecast = RouterOutputs['dashboard']['forecasts'][number];

/** A forecast in days does not change by the minute. */
const FRESH_MS = 300_000;

/** Where is room? */
export function Capacity({ groups }: { groups: Group[] }) {
  const t = useTranslations('dashboard');
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.dashboard.forecasts.queryOptions(),
    enabled: groups.length > 0,
    staleTime: FRESH_MS,
  });
  const forecasts = new Map((data ?? []).map((forecast) => [forecast.groupId, forecast]));
  return (
    <Section title={t('capacity')} className="flex-1">
      {groups.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('capacityNone')}</p>
      ) : (
        <ul className="space-y-5">
          {groups.map((group) => (
            <GroupBar key={group.id} group={group} forecast={forecasts.get(group.id)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function GroupBar({ group, forecast }: { group: Group; forecast: Forecast | undefined }) {
  const { id, name, used, capacity, free } = group;
  const t = useTranslations('dashboard');
  const tone = fullness(used, capacity);
  return (
    <li>
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={`/groups/${id}`}
            className="truncate font-medium text-ink no-underline hover:underline focus-visible:underline"
          >
            {name}
          </Link>
          {tone === 'amber' && <Tag tone="amber" label={t('nearlyFull')} />}
          {tone === 'red' && <Tag tone="red" label={t('full')} />}
        </span>
        <span className="text-[13px] text-ink-soft tabular-nums">
          {capacity === null ? t('usedNoLimit', { used }) : t('used', { used, capacity })}
          {free !== null && tone !== 'red' && ` · ${t('free', { free })}`}
        </span>
      </div>
      <Bar used={used} limit={capacity} />
      {forecast && <Outlook forecast={forecast} isFull={capacity !== null && used >= capacity} />}
    </li>
  );
}

/** What is coming: places that are only held, orders without one, and the day on which it is full. */
function Outlook({ forecast: { reserved, waiting, fullAt }, isFull }: { forecast: Forecast; isFull: boolean }) {
  const t = useTranslations('dashboard');
  const format = useFormatter();
  const parts = [
    reserved > 0 && t('reserved', { count: reserved }),
    waiting > 0 && t('waitForRoom', { count: waiting }),
    fullAt !== null && !isFull && t('fullAt', { date: format.dateTime(new Date(fullAt), { dateStyle: 'medium' }) }),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return <p className="mt-1 text-[13px] text-ink-soft tabular-nums">{parts.join(' · ')}</p>;
}
