'use client';

import { Skeleton } from '@mantine/core';
import { ErrorPanel, StaleNote } from '@/components/error-panel';
import { Attention } from './attention';
import { Capacity } from './capacity';
import { FirstRun } from './first-run';
import { Last24Hours } from './last-24-hours';
import { Numbers } from './numbers';
import { ServersByState } from './servers-by-state';
import { useOverview } from './use-overview';

/** What needs me, and how is the rest? */
export function Dashboard() {
  const query = useOverview({ everySeconds: 2 });
  const { data } = query;
  if (!data) {
    return query.isError ? (
      <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <DashboardSkeleton />
    );
  }
  const { server, group, product, service } = data.firstRun;
  return (
    <div className="space-y-5">
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      {!(server && group && product && service) && <FirstRun steps={data.firstRun} />}
      <Attention items={data.attention} />
      <Numbers counts={data.counts} medianSeconds={data.medianSecondsToActive} />
      <div className="grid gap-5 lg:grid-cols-2">
        <div className="flex flex-col gap-5">
          <Capacity groups={data.groups} />
          <ServersByState counts={data.serversByState} />
        </div>
        <Last24Hours hours={data.last24h} />
      </div>
    </div>
  );
}

function DashboardSkeleton() {
  return (
    <div aria-hidden className="space-y-5">
      <Skeleton height={150} radius="lg" />
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-5">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} height={92} radius="lg" />
        ))}
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton height={230} radius="lg" />
        <Skeleton height={230} radius="lg" />
      </div>
    </div>
  );
}
