'use client';

import { ActionIcon, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { UsageBars } from './usage-bars';
import { UsageHistory } from './usage-history';

type Latest = NonNullable<RouterOutputs['usage']['ofService']['latest']>;

interface UsageCardProps {
  serviceId: string;
  /** Whether its account is there to be measured: ACTIVE or SUSPENDED. */
  running: boolean;
}

/** What a service uses of what it may use, how old that is, and how it went. Nothing where its panel measures nothing. */
export function UsageCard({ serviceId, running }: UsageCardProps) {
  const t = useTranslations('usage');
  const trpc = useTRPC();
  const query = useQuery(trpc.usage.ofService.queryOptions({ id: serviceId }));
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={180} radius="lg" />;
  const { measurable, latest } = query.data;
  if (!latest && !(measurable && running)) return null;
  return (
    <Section title={t('title')} aside={measurable && running && <Refresh serviceId={serviceId} />}>
      {latest ? (
        <>
          <UsageBars {...latest} />
          <Age latest={latest} running={running} />
          <UsageHistory serviceId={serviceId} diskLimit={latest.disk.limit} />
        </>
      ) : (
        <p className="text-sm text-ink-soft">{t('none')}</p>
      )}
    </Section>
  );
}

/** Figures without an age are a claim about now. */
function Age({ latest: { asOf, staleSince }, running }: { latest: Latest; running: boolean }) {
  const t = useTranslations('usage');
  return (
    <>
      <p className="mt-3 text-[13px] text-ink-soft">{t.rich('asOf', { when: () => <RelativeTime at={asOf} /> })}</p>
      {staleSince && running && (
        <p data-tone="amber" className="mt-2 rounded-lg bg-tone-bg px-3 py-2 text-[13px] text-tone-fg">
          {t.rich('stale', { when: () => <RelativeTime at={staleSince} /> })}
        </p>
      )}
    </>
  );
}

function Refresh({ serviceId }: { serviceId: string }) {
  const t = useTranslations('usage');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const refresh = useMutation(
    trpc.usage.refresh.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.usage.pathKey() }),
      onError: (error) => notifications.show({ title: t('notRefreshed'), message: error.message, color: 'red' }),
    }),
  );
  return (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={t('refresh')}
      title={t('refresh')}
      loading={refresh.isPending}
      onClick={() => refresh.mutate({ id: serviceId })}
    >
      <IconRefresh size={15} aria-hidden />
    </ActionIcon>
  );
}
