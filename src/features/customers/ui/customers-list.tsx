'use client';

import { Button } from '@mantine/core';
import { IconSearchOff, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { readNameSort } from '@/components/read-name-sort';
import { ListSkeleton } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { NameSort } from '@/components/sort-select';
import { useUrlFilters } from '@/components/use-url-filters';
import { BulkList } from '@/features/lists/ui/bulk-list';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { useCustomerBulk } from './use-customer-bulk';

type Customer = RouterOutputs['customers']['list']['items'][number];

export function CustomersList() {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const [filters, setFilters] = useUrlFilters(['search', 'sort'] as const);
  const query = useInfiniteQuery(
    trpc.customers.list.infiniteQueryOptions(
      { search: filters.search || undefined, sort: readNameSort(filters.sort) },
      nextPage,
    ),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
        <NameSort value={filters.sort} onChange={(sort) => setFilters({ sort })} />
      </div>
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && (
            <NoCustomers filtered={filters.search !== ''} onClear={() => setFilters({ search: '' })} />
          )}
          {items.length > 0 && <CustomerRecords items={items} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

function CustomerRecords({ items }: { items: Customer[] }) {
  const t = useTranslations('customers');
  const locales = useTranslations('locales');
  const actions = useCustomerBulk();
  return (
    <BulkList
      actions={actions}
      titleOf={({ name }) => name}
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/customers/${id}`}
      name={{ label: t('columns.customer'), render: ({ name }) => name, below: ({ email }) => email }}
      columns={[
        {
          key: 'language',
          label: t('columns.language'),
          from: 'lg',
          render: ({ language }) => locales(languageOf(language)),
        },
        {
          key: 'reference',
          label: t('columns.reference'),
          from: 'lg',
          render: ({ externalRef }) =>
            externalRef ? <span className="font-mono text-[13px]">{externalRef}</span> : <span aria-hidden>–</span>,
        },
        {
          key: 'services',
          label: t('columns.services'),
          align: 'right',
          render: ({ serviceCount }) => <ServiceCount count={serviceCount} />,
        },
        {
          key: 'created',
          label: t('columns.created'),
          align: 'right',
          render: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-ink-soft" />,
        },
      ]}
      badge={({ serviceCount }) => (
        <span className="text-[13px] text-ink-soft">{t('serviceCount', { count: serviceCount })}</span>
      )}
      facts={({ createdAt }) => <RelativeTime at={createdAt} />}
    />
  );
}

/** A language that this version has no word for is shown as English, as mails do. */
export const languageOf = (language: string): 'en' | 'tr' => (language === 'tr' ? 'tr' : 'en');

function ServiceCount({ count }: { count: number }) {
  return (
    <span className={`tabular-nums ${count === 0 ? 'text-ink-soft' : ''}`}>{count >= 1000 ? '1000+' : count}</span>
  );
}

function NoCustomers({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('customers');
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
      icon={<IconUsers size={22} />}
      title={t('empty')}
      text={t('emptyText')}
      action={<LinkButton href="/customers/new">{t('new')}</LinkButton>}
    />
  );
}
