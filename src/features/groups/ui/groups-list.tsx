'use client';

import { IconSearchOff, IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { readNameSort } from '@/components/read-name-sort';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { NameSort } from '@/components/sort-select';
import { useUrlFilters } from '@/components/use-url-filters';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { isFillType } from './fill-type-cards';

type Group = RouterOutputs['groups']['list']['items'][number];

export function GroupsList() {
  const t = useTranslations('groups');
  const trpc = useTRPC();
  const { isAdmin } = useMe();
  const [filters, setFilters] = useUrlFilters(['search', 'sort'] as const);
  const query = useInfiniteQuery(
    trpc.groups.list.infiniteQueryOptions(
      { search: filters.search || undefined, sort: readNameSort(filters.sort) },
      nextPage,
    ),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filters.search !== '';
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
          {query.isPending && <ListSkeleton rows={4} />}
          {query.isSuccess && items.length === 0 && (
            <EmptyState
              icon={filtered ? <IconSearchOff size={22} /> : <IconStack2 size={22} />}
              title={filtered ? t('filtered') : t('empty')}
              text={filtered ? t('filteredText') : t('emptyText')}
              action={!filtered && isAdmin && <LinkButton href="/groups/new">{t('new')}</LinkButton>}
            />
          )}
          {items.length > 0 && <GroupRecords items={items} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

function GroupRecords({ items }: { items: Group[] }) {
  const t = useTranslations('groups');
  const ruleName = ({ fillType }: Group) => (isFillType(fillType) ? t(`rules.${fillType}.name`) : fillType);
  return (
    <RecordList
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/groups/${id}`}
      name={{ label: t('columns.group'), render: ({ name }) => name }}
      columns={[
        { key: 'rule', label: t('columns.rule'), render: ruleName },
        { key: 'servers', label: t('columns.servers'), render: ({ servers }) => servers },
        { key: 'products', label: t('columns.products'), from: 'lg', render: ({ products }) => products },
        { key: 'used', label: t('columns.used'), width: 'w-56', render: (group) => <InUse {...group} /> },
      ]}
      badge={ruleName}
      facts={(group) => (
        <div className="space-y-2">
          <p>{t('counts', { servers: group.servers, products: group.products })}</p>
          <InUse {...group} />
        </div>
      )}
    />
  );
}

function InUse({ used, capacity }: Pick<Group, 'used' | 'capacity'>) {
  const t = useTranslations('groups');
  return (
    <div>
      <p className="mb-1 text-[13px] tabular-nums">
        {capacity === null ? t('usedNoLimit', { used }) : t('usedOf', { used, limit: capacity })}
      </p>
      {capacity !== null && <Bar used={used} limit={capacity} />}
    </div>
  );
}
