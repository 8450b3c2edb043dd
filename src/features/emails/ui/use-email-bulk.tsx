'use client';

import { IconSend } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { BulkAction } from '@/features/lists/ui/bulk-action';
import { useTRPCClient } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['emails']['list']['items'][number];

/** Sending what was kept, after the mail server was mended. */
export function useEmailBulk(): BulkAction<Item>[] {
  const t = useTranslations('emails');
  const client = useTRPCClient();
  return [
    {
      key: 'send',
      label: t('sendNow'),
      icon: <IconSend size={16} aria-hidden />,
      text: t('bulkText'),
      refuse: ({ state }) => (state === 'SENT' ? t('bulkSent') : null),
      run: async ({ id }) => {
        const { delivery, words } = await client.emails.sendNow.mutate({ id });
        if (delivery !== 'sent') throw new Error(words ?? t('sendNowNot'));
      },
    },
  ];
}
