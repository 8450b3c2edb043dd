'use client';

import { Button, type ComboboxParsedItem, Loader, Select } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import { NewCustomerModal } from './new-customer-modal';

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

/** Finds a customer by name or e-mail among any number of them, or makes a new one on the spot. */
export function CustomerSelect({ onChange, ...input }: CustomerSelectProps) {
  const t = useTranslations('newService');
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [creating, { open, close }] = useDisclosure(false);
  const { isAdmin } = useMe();
  const [search] = useDebouncedValue(typed === chosen?.label ? '' : typed.trim(), 200);
  const query = useQuery({
    ...trpc.customers.list.queryOptions({ search: search || undefined, limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const found: Choice[] = (query.data?.items ?? []).map(({ id, name, email }) => ({ value: id, label: name, email }));
  // The chosen one keeps its name in the field also when it is not among what was found last.
  const data = chosen && !found.some(({ value }) => value === chosen.value) ? [chosen, ...found] : found;
  const emailOf = new Map(data.map(({ value, email }) => [value, email]));
  const answered = !query.isPlaceholderData && search === (typed === chosen?.label ? '' : typed.trim());
  const fits = (option: ComboboxParsedItem, text: string) =>
    'value' in option &&
    `${option.label} ${emailOf.get(option.value)}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  const take = (choice: Choice | null) => {
    setChosen(choice);
    onChange?.(choice?.value ?? null);
  };
  return (
    <div>
      <Select
        label={t('customer')}
        description={t('customerHelp')}
        placeholder={t('customerPlaceholder')}
        nothingFoundMessage={query.isPending ? <Loader size="xs" /> : t('customerNone')}
        searchable
        data={data}
        // The server searches in more than the name. Until it has answered, what is typed narrows what is here: Enter must
        // never take somebody else.
        filter={({ options, search: text }) => (answered ? options : options.filter((option) => fits(option, text)))}
        onSearchChange={setTyped}
        onChange={(id) => take(data.find(({ value }) => value === id) ?? null)}
        renderOption={({ option }) => (
          <span className="min-w-0">
            <span className="block truncate">{option.label}</span>
            <span className="block truncate text-xs text-ink-soft">{emailOf.get(option.value)}</span>
          </span>
        )}
        {...input}
      />
      {isAdmin && (
        <>
          <Button
            className="mt-2"
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={open}
          >
            {t('customerNew')}
          </Button>
          <NewCustomerModal
            opened={creating}
            onClose={close}
            onCreated={({ id, name, email }) => {
              take({ value: id, label: name, email });
              close();
            }}
          />
        </>
      )}
    </div>
  );
}
