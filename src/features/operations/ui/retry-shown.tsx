'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

export interface RetryableRow {
  id: string;
  /** What the list calls it. */
  name: string;
}

const AT_ONCE = 100;

/** Retries everything the list shows, after showing exactly what that is. */
export function RetryShown({ rows }: { rows: RetryableRow[] }) {
  const t = useTranslations('operations.retryShown');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const retry = useMutation(
    trpc.operations.retryAll.mutationOptions({
      onSuccess: ({ retried, left }) => {
        notifications.show({ message: t('done', { retried, left }), color: 'teal' });
        close();
      },
      onSettled: () => void cache.invalidateQueries(),
    }),
  );
  const chosen = rows.slice(0, AT_ONCE);
  if (chosen.length < 2) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={open}>
        {t('label', { count: chosen.length })}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('title', { count: chosen.length })}
        closeButtonProps={{ 'aria-label': actions('close') }}
      >
        {retry.error && <FormProblem title={t('refused')} text={retry.error.message} />}
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <ul className="mt-3 max-h-64 space-y-1 overflow-auto rounded-lg border border-line p-3 text-sm">
          {chosen.map(({ id, name }) => (
            <li key={id} className="truncate">
              {name}
            </li>
          ))}
        </ul>
        <div className="mt-6 flex justify-end gap-2">
          <Button variant="default" onClick={close} data-autofocus>
            {actions('cancel')}
          </Button>
          <Button loading={retry.isPending} onClick={() => retry.mutate({ ids: chosen.map(({ id }) => id) })}>
            {t('label', { count: chosen.length })}
          </Button>
        </div>
      </Modal>
    </>
  );
}
