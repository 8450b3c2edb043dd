'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/trpc/client';

/** Tries a waiting or failed mail at once and says what the mail server answered. */
export function SendNowButton({ emailId }: { emailId: string }) {
  const t = useTranslations('emails');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const send = useMutation(
    trpc.emails.sendNow.mutationOptions({
      onSuccess: ({ delivery, words }) =>
        delivery === 'sent'
          ? notifications.show({ message: t('sendNowSent'), color: 'teal' })
          : notifications.show({ title: t('sendNowNot'), message: words ?? '', color: 'red', autoClose: 12_000 }),
      onError: (error) =>
        notifications.show({ title: t('sendNowNot'), message: error.message, color: 'red', autoClose: 12_000 }),
      // Whatever the answer was, what the page shows is no longer the newest.
      onSettled: () => cache.invalidateQueries(),
    }),
  );
  return (
    <Button
      leftSection={<IconSend size={16} aria-hidden />}
      loading={send.isPending}
      onClick={() => send.mutate({ id: emailId })}
    >
      {t('sendNow')}
    </Button>
  );
}
