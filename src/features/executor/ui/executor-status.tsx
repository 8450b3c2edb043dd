'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel, StaleNote } from '@/components/error-panel';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import { ExecutorFunctions } from './executor-functions';
import { ExecutorHealth } from './executor-health';
import { ExecutorRuns } from './executor-runs';

/** Is the background work alive, what does it run, and what went wrong? */
export function ExecutorStatus() {
  const t = useTranslations('executor');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.executor.status.queryOptions(),
    refetchInterval: ({ state }) =>
      state.data && state.data.work.queued + state.data.work.running > 0 ? 1000 : 15_000,
  });
  const { data } = query;
  if (!data) {
    if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
    return <Skeleton height={220} radius="lg" aria-hidden />;
  }
  return (
    <div className="space-y-5">
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <ExecutorHealth page={data} />
      {data.own ? (
        <>
          <ExecutorRuns runs={data.own.failed} title={t('failed')} empty={t('failedNone')} well />
          <ExecutorFunctions functions={data.own.functions} />
          <ExecutorRuns runs={data.own.recent} title={t('recent')} empty={t('recentNone')} />
        </>
      ) : (
        <Section title={t('elsewhere')}>
          <p className="max-w-2xl text-sm text-ink-soft">{t('elsewhereText')}</p>
        </Section>
      )}
    </div>
  );
}
