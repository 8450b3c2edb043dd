'use client';

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useUrlFilters } from '@/components/use-url-filters';
import { saveFile } from '@/features/lists/ui/save-file';
import { useTRPC } from '@/trpc/client';
import { AUDIT_FILTERS, readAuditFilter } from './audit-filters';

const TYPES = { csv: 'text/csv', jsonl: 'application/x-ndjson' } as const;

/** Saves what the filters show. */
export function AuditExport() {
  const t = useTranslations('audit');
  const lists = useTranslations('lists');
  const trpc = useTRPC();
  const [texts] = useUrlFilters(AUDIT_FILTERS);
  const load = useMutation(
    trpc.audit.export.mutationOptions({
      onSuccess: ({ text, rows, complete }, asked) => {
        const format = asked?.format ?? 'csv';
        saveFile(`audit.${format}`, TYPES[format], text);
        notifications.show({
          message: complete ? lists('exported', { rows }) : lists('exportedPart', { rows }),
          color: complete ? 'teal' : 'yellow',
        });
      },
      onError: (error) => notifications.show({ title: lists('exportFailed'), message: error.message, color: 'red' }),
    }),
  );
  const save = (format: keyof typeof TYPES) => load.mutate({ ...readAuditFilter(texts), format });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} loading={load.isPending}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => save('csv')}>{t('asCsv')}</Menu.Item>
        <Menu.Item onClick={() => save('jsonl')}>{t('asJson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
