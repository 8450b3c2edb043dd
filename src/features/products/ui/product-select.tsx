'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Choice, SearchSelect, useSelectSearch } from '@/components/search-select';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

export type OfferedProduct = RouterOutputs['products']['list']['items'][number];

type Named = Pick<OfferedProduct, 'id' | 'name'>;

interface ProductSelectProps {
  label: string;
  description?: string;
  placeholder?: string;
  none: string;
  /** Which products there are to choose from. */
  of: { isActive?: boolean; moduleSlug?: string };
  chosen: Named | null;
  onChoose: (product: OfferedProduct) => void;
  openOnFocus?: boolean;
  error?: ReactNode;
  'data-path'?: string;
  'data-autofocus'?: boolean;
}

const toChoice = ({ id, name }: Named): Choice => ({ value: id, label: name });

/** Finds a product by its name among any number of them. */
export function ProductSelect({ of, chosen, onChoose, ...select }: ProductSelectProps) {
  const trpc = useTRPC();
  const asked = useSelectSearch(chosen && toChoice(chosen));
  const query = useQuery({
    ...trpc.products.list.queryOptions({ ...of, search: asked.search, sort: 'name', limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  return (
    <SearchSelect
      asked={asked}
      query={query}
      found={items.map(toChoice)}
      value={chosen?.id ?? null}
      onChoose={(choice) => {
        const product = items.find(({ id }) => id === choice?.value);
        if (product) onChoose(product);
      }}
      {...select}
    />
  );
}
