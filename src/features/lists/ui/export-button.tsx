'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { readEmailState } from '@/features/emails/ui/email-filters';
import { readActive } from '@/features/products/ui/product-filters';
import { readServerFilters } from '@/features/servers/ui/read-server-filters';
import { readStatus } from '@/features/services/ui/service-filters';
import { useTRPCClient } from '@/trpc/client';
import { saveFile } from './save-file';

type Client = ReturnType<typeof useTRPCClient>;
type Read = (name: string) => string | undefined;

/** Each list is saved with the filters that its page shows. */
const LISTS = {
  customers: (client: Client, read: Read) => client.customers.export.query({ search: read('search') }),
  services: (client: Client, read: Read) =>
    client.services.export.query({ search: read('search'), status: readStatus(read('status')) }),
  servers: (client: Client, read: Read) => {
    const [search, show, group, module] = ['search', 'show', 'group', 'module'].map(read);
    return client.servers.export.query(readServerFilters({ search, show, group, module }));
  },
  products: (client: Client, read: Read) =>
    client.products.export.query({ search: read('search'), isActive: readActive(read('active')) }),
  emails: (client: Client, read: Read) =>
    client.emails.export.query({ search: read('search'), state: readEmailState(read('state')) }),
};

/** Saves a list as a table for a spreadsheet, with the filters that the page shows. */
export function ExportButton({ what }: { what: keyof typeof LISTS }) {
  const t = useTranslations('lists');
  const client = useTRPCClient();
  const params = useSearchParams();
  const load = useMutation({
    mutationFn: () => LISTS[what](client, (name) => params.get(name) || undefined),
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
