'use client';

import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/trpc/client';

interface ServerFilterProps {
  label: string;
  /** Shown while none is chosen. */
  placeholder: string;
  /** Shown when nothing is found. */
  none: string;
  /** An id, or empty for any. */
  value: string;
  onChange: (id: string) => void;
}

/** Finds one server among any number of them; the chosen one keeps its name though it came from the address. */
export function ServerFilter({ label, placeholder, none, value, onChange }: ServerFilterProps) {
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const chosen = useQuery({ ...trpc.servers.get.queryOptions({ id: value }), enabled: value !== '', retry: false });
  const name = value === '' ? '' : (chosen.data?.name ?? '');
  const wanted = typed === name ? '' : typed.trim();
  const [search] = useDebouncedValue(wanted, 200);
  const query = useQuery({
    ...trpc.servers.list.queryOptions({ search: search || undefined, sort: 'name', limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const found = (query.data?.items ?? []).map((server) => ({ value: server.id, label: server.name }));
  const isListed = value === '' || found.some((option) => option.value === value);
  const data = isListed ? found : [{ value, label: name || value }, ...found];
  const answered = !query.isPlaceholderData && search === wanted;
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': placeholder }}
      nothingFoundMessage={query.isPending ? <Loader size="xs" /> : none}
      className="sm:w-48"
      data={data}
      // The server searches in more than the name; until it has answered, nothing that was not asked for is offered.
      filter={({ options, search: text }) =>
        answered
          ? options
          : options.filter(
              (option) =>
                'label' in option && option.label.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
            )
      }
      onSearchChange={setTyped}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}
