'use client';

import type { SelectProps } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Choice, SearchSelect, useSelectSearch } from '@/components/search-select';
import { useTRPC } from '@/trpc/client';

interface GroupSelectProps extends Omit<SelectProps, 'data' | 'filter' | 'value' | 'onChange' | 'onSearchChange'> {
  /** The present one, where its name is known. */
  first?: { id: string; name: string } | null | undefined;
  /** Said where nothing fits. */
  none: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
}

/** Finds a group by its name among any number of them; the chosen one keeps its name though only its id is known. */
export function GroupSelect({ first, value = null, onChange, ...select }: GroupSelectProps) {
  const trpc = useTRPC();
  const [picked, setPicked] = useState<Choice | null>(first ? { value: first.id, label: first.name } : null);
  const isPicked = value === null || picked?.value === value;
  const { data, isError } = useQuery({
    ...trpc.groups.get.queryOptions({ id: value ?? '' }),
    enabled: !isPicked,
    retry: false,
  });
  const chosen = value === null ? null : isPicked ? picked : { value, label: data?.name ?? (isError ? value : '') };
  const asked = useSelectSearch(chosen);
  const query = useQuery({
    ...trpc.groups.list.queryOptions({ search: asked.search, sort: 'name', limit: 20 }),
    placeholderData: keepPreviousData,
  });
  return (
    <SearchSelect
      asked={asked}
      query={query}
      found={(query.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      clearable
      {...select}
      value={value}
      onChoose={(choice) => {
        setPicked(choice);
        onChange?.(choice?.value ?? null);
      }}
    />
  );
}
