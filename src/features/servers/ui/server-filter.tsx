'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchSelect, useSelectSearch } from '@/components/search-select';
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
  const { data } = useQuery({ ...trpc.servers.get.queryOptions({ id: value }), enabled: value !== '', retry: false });
  const asked = useSelectSearch(value === '' ? null : { value, label: data?.name ?? value });
  const query = useQuery({
    ...trpc.servers.list.queryOptions({ search: asked.search, sort: 'name', limit: 20 }),
    placeholderData: keepPreviousData,
  });
  return (
    <SearchSelect
      aria-label={label}
      placeholder={placeholder}
      clearable
      clearButtonProps={{ 'aria-label': placeholder }}
      className="sm:w-48"
      asked={asked}
      query={query}
      found={(query.data?.items ?? []).map((server) => ({ value: server.id, label: server.name }))}
      none={none}
      value={value || null}
      onChoose={(choice) => onChange(choice?.value ?? '')}
    />
  );
}
