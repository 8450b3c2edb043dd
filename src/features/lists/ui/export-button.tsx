'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { readStatus } from '@/features/services/ui/service-filters';
import { useTRPCClient } from '@/trpc/client';
import { saveFile } from './save-file';

/** Saves a list as a table for a spreadsheet, with the filters that the page shows. */
export function ExportButton({ what }: { what: 'customers' | 'services' }) {
  const t = useTranslations('lists');
  const client = useTRPCClient();
  const params = useSearchParams();
  const load = useMutation({
    mutationFn: () => {
      const search = params.get('search') || undefined;
      return what === 'customers'
        ? client.customers.export.query({ search })
        : client.services.export.query({ search, status: readStatus(params.get('status') ?? undefined) });
    },
    onSuccess: ({ text, rows, complete }) => {
      saveFile(`${what}.csv`, 'text/csv', text);
      notifications.show({
        message: complete ? t('exported', { rows }) : t('exportedPart', { rows }),
        color: complete ? 'teal' : 'yellow',
      });
    },
    onError: (error) => notifications.show({ title: t('exportFailed'), message: error.message, color: 'red' }),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} aria-hidden />}
      loading={load.isPending}
      onClick={() => load.mutate()}
    >
      {t('exportCsv')}
    </Button>
  );
}
