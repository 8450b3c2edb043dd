'use client';

import { IconMailForward, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { BulkAction } from '@/features/lists/ui/bulk-action';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPCClient } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['customers']['list']['items'][number];

/** What is done with many customers: letting them in after a move from another system, and tidying up after one. */
export function useCustomerBulk(): BulkAction<Item>[] {
  const t = useTranslations('customers');
  const client = useTRPCClient();
  const { isAdmin } = useMe();
  const link: BulkAction<Item> = {
    key: 'link',
    label: t('sendLink'),
    icon: <IconMailForward size={16} aria-hidden />,
    text: t('bulk.linkText'),
    refuse: () => null,
    note: ({ email }) => email,
    run: ({ id }) => client.customers.sendSignInLink.mutate({ id }),
  };
  const remove: BulkAction<Item> = {
    key: 'remove',
    label: t('remove'),
    icon: <IconTrash size={16} aria-hidden />,
    text: t('removeText'),
    danger: true,
    refuse: ({ serviceCount }) => (serviceCount > 0 ? t('bulk.hasServices') : null),
    run: ({ id }) => client.customers.remove.mutate({ id }),
  };
  return isAdmin ? [link, remove] : [link];
}
