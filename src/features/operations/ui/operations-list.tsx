'use client';

import { IconCircleCheck, IconClockPause, IconListDetails, IconPlayerPlay, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { useUrlFilters } from '@/components/use-url-filters';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { OperationRow } from './operation-row';
import { OPERATION_TAB_NAMES, type OperationTabName, readTab } from './operation-tabs';
import { isMoving } from './operation-view';
import { RetryShown } from './retry-shown';
import { TabLinks } from './tab-links';

/** The queue: what needs a person, what waits, what runs, everything. */
export function OperationsList() {
  const t = useTranslations('operations');
  const trpc = useTRPC();
  const [filters, setFilters] = useUrlFilters(['tab', 'search'] as const);
  const tab = readTab(filters.tab);
  const query = useInfiniteQuery({
    ...trpc.operations.list.infiniteQueryOptions({ tab, search: filters.search || undefined }, nextPage),
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isMoving)) ? 1000 : false),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <TabLinks
          label={t('title')}
          value={tab}
          options={OPERATION_TAB_NAMES.map((name) => ({ value: name, label: t(`tabs.${name}`) }))}
          onChange={(next) => setFilters({ tab: next === 'attention' ? '' : next })}
        />
        <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
          {(tab === 'attention' || tab === 'waiting') && (
            <RetryShown rows={items.map((item) => ({ id: item.id, name: nameOf(item) }))} />
          )}
          <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
        </div>
      </div>
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && <NoOperations tab={tab} filtered={filters.search !== ''} />}
          <ul aria-label={t('title')} className="divide-y divide-line">
            {items.map((operation) => (
              <OperationRow key={operation.id} operation={operation} />
            ))}
          </ul>
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

type Item = RouterOutputs['operations']['list']['items'][number];

function nameOf({ service }: Item): string {
  return `${service.domain ?? service.productName} · ${service.customerName}`;
}

const ICONS = {
  attention: IconCircleCheck,
  waiting: IconClockPause,
  running: IconPlayerPlay,
  all: IconListDetails,
};

function NoOperations({ tab, filtered }: { tab: OperationTabName; filtered: boolean }) {
  const t = useTranslations('operations');
  if (filtered) return <EmptyState icon={<IconSearchOff size={22} />} title={t('filtered')} text={t('filteredText')} />;
  const Icon = ICONS[tab];
  return <EmptyState icon={<Icon size={22} />} title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />;
}
