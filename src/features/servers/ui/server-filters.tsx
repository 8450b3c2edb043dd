'use client';

import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { FilterChips } from '@/components/filter-chips';
import { SearchField } from '@/components/search-field';
import { SortSelect } from '@/components/sort-select';
import { useUrlFilters } from '@/components/use-url-filters';
import { GroupSelect } from '@/features/groups/ui/group-select';
import { useTRPC } from '@/trpc/client';
import { readServerFilters, readServerSort, readShown, SHOWN } from './read-server-filters';

const NAMES = ['search', 'show', 'group', 'module', 'sort'] as const;
type Values = Record<(typeof NAMES)[number], string>;

/** Filters of the list of servers, kept in the address. */
export function useServerFilters() {
  const [filters, setFilters] = useUrlFilters(NAMES);
  return {
    filters,
    setFilters,
    input: readServerFilters(filters),
    filtered: NAMES.some((name) => name !== 'sort' && filters[name] !== ''),
  };
}

export function ServerFilters({ filters, onChange }: { filters: Values; onChange: (change: Partial<Values>) => void }) {
  const t = useTranslations('servers');
  const lists = useTranslations('lists.sort');
  const trpc = useTRPC();
  const modules = useQuery(trpc.modules.list.queryOptions({ limit: 100, language: useLocale() }));
  return (
    <div className="mb-4 space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchField value={filters.search} onSearch={(search) => onChange({ search })} placeholder={t('search')} />
        <GroupSelect
          aria-label={t('columns.group')}
          placeholder={t('allGroups')}
          none={t('groupNotFound')}
          clearButtonProps={{ 'aria-label': t('allGroups') }}
          className="w-full sm:w-44"
          value={filters.group || null}
          onChange={(group) => onChange({ group: group ?? '' })}
        />
        <Select
          aria-label={t('columns.module')}
          placeholder={t('allModules')}
          clearable
          clearButtonProps={{ 'aria-label': t('allModules') }}
          className="w-full sm:w-44"
          data={(modules.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
          value={filters.module || null}
          onChange={(module) => onChange({ module: module ?? '' })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <FilterChips
          label={t('columns.status')}
          value={readShown(filters.show) ?? ''}
          onChange={(show) => onChange({ show })}
          options={[
            { value: '', label: t('shown.all') },
            ...SHOWN.map((value) => ({ value, label: t(`shown.${value}`) })),
          ]}
        />
        <SortSelect
          value={readServerSort(filters.sort) ?? ''}
          onChange={(sort) => onChange({ sort })}
          options={[
            { value: 'name', label: lists('name') },
            { value: 'accounts', label: lists('accounts') },
          ]}
        />
      </div>
    </div>
  );
}
