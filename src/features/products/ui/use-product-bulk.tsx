'use client';

import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { BulkAction } from '@/features/lists/ui/bulk-action';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPCClient } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['products']['list']['items'][number];

/** Taking many products off sale, and putting them back. */
export function useProductBulk(): BulkAction<Item>[] {
  const t = useTranslations('products');
  const client = useTRPCClient();
  const { isAdmin } = useMe();
  if (!isAdmin) return [];
  return [
    {
      key: 'off',
      label: t('switchOff'),
      icon: <IconEyeOff size={16} aria-hidden />,
      text: t('bulk.offText'),
      refuse: ({ isActive }) => (isActive ? null : t('off')),
      run: ({ id }) => client.products.update.mutate({ id, isActive: false }),
    },
    {
      key: 'on',
      label: t('switchOn'),
      icon: <IconEye size={16} aria-hidden />,
      text: t('bulk.onText'),
      refuse: ({ isActive }) => (isActive ? t('onSale') : null),
      run: ({ id }) => client.products.update.mutate({ id, isActive: true }),
    },
  ];
}
