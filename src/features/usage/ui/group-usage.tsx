'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Section } from '@/components/section';
import { bytesText } from '@/i18n/bytes';
import { useTRPC } from '@/trpc/client';
import { Totals } from './server-usage';

const SHOWN = 5;

/** What the services of a group use together, and on which servers most of it lies. */
export function GroupUsage({ groupId }: { groupId: string }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  const trpc = useTRPC();
  const query = useQuery(trpc.usage.ofGroup.queryOptions({ id: groupId }));
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={130} radius="lg" />;
  const { totals, servers } = query.data;
  if (totals.services === 0) return null;
  return (
    <Section title={t('ofServices')}>
      <Totals usage={totals} />
      {totals.stale > 0 && (
        <p className="mt-2 text-[13px] text-ink-soft">{t('staleServices', { count: totals.stale })}</p>
      )}
      <ul className="mt-3 space-y-1.5 border-t border-line pt-3 text-[13px]">
        {servers.slice(0, SHOWN).map(({ serverId, name, disk, bandwidth }) => (
          <li key={serverId} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <Link href={`/servers/${serverId}`} className="min-w-0 truncate">
              {name}
            </Link>
            <span className="text-ink-soft tabular-nums">
              {t('diskAndTransfer', { disk: bytesText(disk, locale), transfer: bytesText(bandwidth, locale) })}
            </span>
          </li>
        ))}
        {servers.length > SHOWN && (
          <li className="text-ink-soft">{t('moreServers', { count: servers.length - SHOWN })}</li>
        )}
      </ul>
    </Section>
  );
}
