'use client';

import { Button } from '@mantine/core';
import { IconPackage, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterChips } from '@/components/filter-chips';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { SortSelect } from '@/components/sort-select';
import { useUrlFilters } from '@/components/use-url-filters';
import { BulkList } from '@/features/lists/ui/bulk-list';
import { isMoving } from '@/features/operations/ui/operation-view';
import { DiskUse } from '@/features/usage/ui/disk-use';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { ServiceBadge } from './service-badge';
import { readSort, readStatus, SERVICE_SORTS, SERVICE_STATUSES } from './service-filters';
import { shortId, useableName } from './service-name';
import { useServiceBulk } from './use-service-bulk';

type Item = RouterOutputs['services']['list']['items'][number];

export function ServicesList() {
  const t = useTranslations('services');
  const words = useTranslations('status.service');
  const trpc = useTRPC();
  const [filters, setFilters] = useUrlFilters(['search', 'status', 'sort'] as const);
  const status = readStatus(filters.status);
  const sort = readSort(filters.sort);
  const query = useInfiniteQuery({
    ...trpc.services.list.infiniteQueryOptions({ search: filters.search || undefined, status, sort }, nextPage),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) =>
        items.some(({ operation, isWished }) => isWished || (operation && isMoving(operation))),
      )
        ? 1000
        : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filters.search !== '' || status !== undefined;

  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
        <FilterChips
          label={t('statusFilter')}
          value={status ?? ''}
          onChange={(value) => setFilters({ status: value })}
          options={[
            { value: '', label: t('all') },
            ...SERVICE_STATUSES.map((value) => ({ value, label: words(value) })),
          ]}
        />
        <SortSelect
          value={sort ?? ''}
          onChange={(value) => setFilters({ sort: value })}
          options={SERVICE_SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
      </div>
      {sort && <p className="mb-3 text-[13px] text-ink-soft">{t('sortedByUsage')}</p>}
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && (
            <NoServices filtered={filtered} onClear={() => setFilters({ search: '', status: '' })} />
          )}
          {items.length > 0 && <ServiceRecords items={items} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

function ServiceRecords({ items }: { items: Item[] }) {
  const t = useTranslations('services');
  const actions = useServiceBulk();
  const titleOf = (item: Item) => useableName(item) ?? t('unnamed', { id: shortId(item.id) });
  const quiet = (text: string) => <span className="text-ink-soft">{text}</span>;
  return (
    <BulkList
      actions={actions}
      titleOf={titleOf}
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/services/${id}`}
      name={{
        label: t('columns.service'),
        render: titleOf,
        below: (item) => item.product.name,
      }}
      columns={[
        { key: 'customer', label: t('columns.customer'), render: ({ customer }) => customer.name },
        {
          key: 'server',
          label: t('columns.server'),
          from: 'lg',
          render: ({ server }) => server?.name ?? quiet(t('noServer')),
        },
        {
          key: 'status',
          label: t('columns.status'),
          render: (item) => <ServiceBadge status={item.status} operation={item.operation} />,
        },
        {
          key: 'usage',
          label: t('columns.usage'),
          from: 'lg',
          width: 'w-44',
          render: ({ usage }) => <DiskUse usage={usage} />,
        },
        {
          key: 'created',
          label: t('columns.created'),
          align: 'right',
          render: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-ink-soft" />,
        },
      ]}
      badge={(item) => <ServiceBadge status={item.status} operation={item.operation} />}
      facts={({ customer, createdAt }) => (
        <>
          {customer.name} · <RelativeTime at={createdAt} />
        </>
      )}
    />
  );
}

function NoServices({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('services');
  const actions = useTranslations('actions');
  if (filtered) {
    return (
      <EmptyState
        icon={<IconSearchOff size={22} />}
        title={t('emptyFiltered')}
        text={t('emptyFilteredText')}
        action={
          <Button variant="default" onClick={onClear}>
            {actions('clearFilters')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<IconPackage size={22} />}
      title={t('empty')}
      text={t('emptyText')}
      action={
        <Button component={Link} href="/services/new">
          {t('new')}
        </Button>
      }
    />
  );
}
