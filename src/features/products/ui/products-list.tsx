'use client';

import { Button } from '@mantine/core';
import { IconBox, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterChips } from '@/components/filter-chips';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { readNameSort } from '@/components/read-name-sort';
import { ListSkeleton } from '@/components/record-list';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { NameSort } from '@/components/sort-select';
import { Tag } from '@/components/status-badge';
import { useUrlFilters } from '@/components/use-url-filters';
import { BulkList } from '@/features/lists/ui/bulk-list';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { readActive } from './product-filters';
import { useProductBulk } from './use-product-bulk';

type Product = RouterOutputs['products']['list']['items'][number];

export function ProductsList() {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const [filters, setFilters] = useUrlFilters(['search', 'active', 'sort'] as const);
  const isActive = readActive(filters.active);
  const query = useInfiniteQuery(
    trpc.products.list.infiniteQueryOptions(
      { search: filters.search || undefined, isActive, sort: readNameSort(filters.sort) },
      nextPage,
    ),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filters.search !== '' || isActive !== undefined;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
        <FilterChips
          label={t('activeFilter')}
          value={isActive === undefined ? '' : filters.active}
          onChange={(active) => setFilters({ active })}
          options={[
            { value: '', label: t('all') },
            { value: 'yes', label: t('onSale') },
            { value: 'no', label: t('off') },
          ]}
        />
        <NameSort value={filters.sort} onChange={(sort) => setFilters({ sort })} />
      </div>
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && (
            <NoProducts filtered={filtered} onClear={() => setFilters({ search: '', active: '' })} />
          )}
          {items.length > 0 && <ProductRecords items={items} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

export function ProductState({ isActive }: { isActive: boolean }) {
  const t = useTranslations('products');
  return <Tag tone={isActive ? 'green' : 'grey'} label={isActive ? t('onSale') : t('off')} />;
}

function ProductRecords({ items }: { items: Product[] }) {
  const t = useTranslations('products');
  const actions = useProductBulk();
  return (
    <BulkList
      actions={actions}
      titleOf={({ name }) => name}
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/products/${id}`}
      name={{ label: t('columns.product'), render: ({ name }) => name, below: ({ description }) => description }}
      columns={[
        { key: 'module', label: t('columns.module'), render: ({ moduleName }) => moduleName },
        {
          key: 'group',
          label: t('columns.group'),
          from: 'lg',
          render: ({ group }) => (
            <span className={`block min-w-32 ${group ? '' : 'text-ink-soft'}`}>{group?.name ?? t('groupNone')}</span>
          ),
        },
        {
          key: 'options',
          label: t('columns.options'),
          from: 'xl',
          render: ({ configOptions }) => configOptions.map(({ label }) => label).join(', '),
        },
        { key: 'state', label: t('columns.state'), render: (product) => <ProductState {...product} /> },
        {
          key: 'services',
          label: t('columns.services'),
          align: 'right',
          render: ({ serviceCount }) => (
            <span className="tabular-nums">{serviceCount >= 1000 ? '1000+' : serviceCount}</span>
          ),
        },
      ]}
      badge={(product) => <ProductState {...product} />}
      facts={({ moduleName, serviceCount }) => `${moduleName} · ${t('serviceCount', { count: serviceCount })}`}
    />
  );
}

function NoProducts({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('products');
  const actions = useTranslations('actions');
  if (!filtered) {
    return (
      <EmptyState
        icon={<IconBox size={22} />}
        title={t('empty')}
        text={t('emptyText')}
        action={<LinkButton href="/products/new">{t('new')}</LinkButton>}
      />
    );
  }
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
