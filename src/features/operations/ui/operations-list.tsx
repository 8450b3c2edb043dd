'use client';

import { Button } from '@mantine/core';
import { IconCircleCheck, IconClockPause, IconListDetails, IconPlayerPlay, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { Section } from '@/components/section';
import { useUrlFilters } from '@/components/use-url-filters';
import { useTRPC } from '@/trpc/client';
import { OperationFilters } from './operation-filters';
import { OperationRow } from './operation-row';
import type { OperationTabName } from './operation-tabs';
import { isMoving } from './operation-view';
import { OPERATION_FILTER_NAMES, readOperationFilter, readTab } from './read-operation-filters';
import { RetryMatching } from './retry-matching';

const NOTHING = { search: '', state: '', kind: '', reason: '', server: '' };

/** The queue: what needs a person, what waits, what runs, everything. */
export function OperationsList() {
  const t = useTranslations('operations');
  const trpc = useTRPC();
  const [texts, setTexts] = useUrlFilters(OPERATION_FILTER_NAMES);
  const filter = readOperationFilter(texts);
  const tab = readTab(texts.tab);
  const query = useInfiniteQuery({
    ...trpc.operations.list.infiniteQueryOptions(filter, nextPage),
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isMoving)) ? 1000 : false),
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { tab: _tab, ...narrowed } = filter;
  const isFiltered = Object.values(narrowed).some(Boolean);
  return (
    <>
      <OperationFilters texts={texts} onChange={setTexts}>
        {tab !== 'running' && <RetryMatching filter={filter} />}
      </OperationFilters>
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && (
            <NoOperations tab={tab} filtered={isFiltered} onClear={() => setTexts(NOTHING)} />
          )}
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

const ICONS = {
  attention: IconCircleCheck,
  waiting: IconClockPause,
  running: IconPlayerPlay,
  all: IconListDetails,
};

interface NoOperationsProps {
  tab: OperationTabName;
  filtered: boolean;
  onClear: () => void;
}

function NoOperations({ tab, filtered, onClear }: NoOperationsProps) {
  const t = useTranslations('operations');
  const actions = useTranslations('actions');
  if (filtered) {
    return (
      <EmptyState
        icon={<IconSearchOff size={22} />}
        title={t('filtered')}
        text={t('filteredText')}
        action={
          <Button variant="default" onClick={onClear}>
            {actions('clearFilters')}
          </Button>
        }
      />
    );
  }
  const Icon = ICONS[tab];
  return <EmptyState icon={<Icon size={22} />} title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />;
}
