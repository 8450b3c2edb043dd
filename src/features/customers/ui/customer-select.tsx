'use client';

import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useTRPC } from '@/trpc/client';

interface CustomerSelectProps {
  value?: string | null;
  onChange?: (id: string | null) => void;
  error?: ReactNode;
  /** How the form finds this field to put the cursor into it; comes with the form's other input props. */
  'data-path'?: string;
}

interface Choice {
  value: string;
  label: string;
  email: string;
}

/** Finds a customer by name or e-mail among any number of them. */
export function CustomerSelect({ onChange, ...input }: CustomerSelectProps) {
  const t = useTranslations('newService');
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim(), 200);
  const query = useQuery({
    ...trpc.customers.list.queryOptions({ search: search || undefined, limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const found: Choice[] = (query.data?.items ?? []).map(({ id, name, email }) => ({ value: id, label: name, email }));
  // The chosen one keeps its name in the field also when it is not among what was found last.
  const data = chosen && !found.some(({ value }) => value === chosen.value) ? [chosen, ...found] : found;
  const emailOf = new Map(data.map(({ value, email }) => [value, email]));
  return (
    <Select
      label={t('customer')}
      description={t('customerHelp')}
      placeholder={t('customerPlaceholder')}
      nothingFoundMessage={query.isPending ? <Loader size="xs" /> : t('customerNone')}
      searchable
      data={data}
      // The server has searched already, in more than the name.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id) => {
        setChosen(data.find(({ value }) => value === id) ?? null);
        onChange?.(id);
      }}
      renderOption={({ option }) => (
        <span className="min-w-0">
          <span className="block truncate">{option.label}</span>
          <span className="block truncate text-xs text-ink-soft">{emailOf.get(option.value)}</span>
        </span>
      )}
      {...input}
    />
  );
}
