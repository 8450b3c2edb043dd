'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/trpc/client';

/** Asks for one more try of a failed, unclear or waiting operation. */
export function RetryButton({ operationId, size = 'xs' }: { operationId: string; size?: 'xs' | 'sm' }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const retry = useMutation(
    trpc.operations.retry.mutationOptions({
      onSuccess: () => notifications.show({ message: t('operations.retryDone'), color: 'teal' }),
      onError: (error) =>
        notifications.show({
          title: t('operations.retryFailed'),
          message: error.message,
          color: 'red',
          autoClose: 12_000,
        }),
      // Whatever the answer was, what the page shows is no longer the newest.
      onSettled: () => cache.invalidateQueries(),
    }),
  );
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconRefresh size={15} aria-hidden />}
      loading={retry.isPending}
      onClick={() => retry.mutate({ id: operationId })}
      className="relative z-10"
    >
      {t('actions.retry')}
    </Button>
  );
}
