'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { type Choice, SearchSelect, useSelectSearch } from '@/components/search-select';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import { NewCustomerModal } from './new-customer-modal';

interface Customer {
  id: string;
  name: string;
  email: string;
}

interface CustomerSelectProps {
  /** Chosen from the start. */
  first?: Customer | null | undefined;
  value?: string | null;
  onChange?: (id: string | null) => void;
  error?: ReactNode;
  /** How the form finds this field to put the cursor into it; comes with the form's other input props. */
  'data-path'?: string;
}

const toChoice = ({ id, name, email }: Customer): Choice => ({ value: id, label: name, note: email });

/** Finds a customer by name or e-mail among any number of them, or makes a new one on the spot. */
export function CustomerSelect({ first, onChange, ...input }: CustomerSelectProps) {
  const t = useTranslations('newService');
  const trpc = useTRPC();
  const [chosen, setChosen] = useState(first ? toChoice(first) : null);
  const [creating, { open, close }] = useDisclosure(false);
  const { isAdmin } = useMe();
  const asked = useSelectSearch(chosen);
  const query = useQuery({
    ...trpc.customers.list.queryOptions({ search: asked.search, limit: 20 }),
    placeholderData: keepPreviousData,
  });
  const found = (query.data?.items ?? []).map(toChoice);
  const take = (choice: Choice | null) => {
    setChosen(choice);
    onChange?.(choice?.value ?? null);
  };
  return (
    <div>
      <SearchSelect
        label={t('customer')}
        description={t('customerHelp')}
        placeholder={t('customerPlaceholder')}
        asked={asked}
        query={query}
        found={found}
        none={t('customerNone')}
        onChoose={take}
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
              take(toChoice({ id, name, email }));
              close();
            }}
          />
        </>
      )}
    </div>
  );
}
