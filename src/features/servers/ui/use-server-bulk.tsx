'use client';

import { IconPlayerPause, IconPlayerPlay, IconPlugConnected, IconPower, IconTool } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import type { BulkAction } from '@/features/lists/ui/bulk-action';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPCClient } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['servers']['list']['items'][number];
type Checklist = RouterOutputs['servers']['test'];

const ICON = { size: 16, 'aria-hidden': true } as const;

/** What can be done with many servers at once: what one does before and after the maintenance of a rack. */
export function useServerBulk(): BulkAction<Item>[] {
  const t = useTranslations('servers.bulk');
  const ask = useTranslations('serverPage.ask');
  const language = useLocale() === 'tr' ? 'tr' : 'en';
  const client = useTRPCClient();
  const { isAdmin } = useMe();
  const unless = (left: (item: Item) => string | false) => (item: Item) =>
    item.archived ? t('archived') : left(item) || null;
  const because = (reason: string) => (reason === '' ? {} : { reason });
  const open: BulkAction<Item>[] = [
    {
      key: 'test',
      label: t('test'),
      icon: <IconPlugConnected {...ICON} />,
      text: t('testText'),
      refuse: unless(() => false),
      run: async ({ id }) => sayTrouble(await client.servers.test.mutate({ id, part: 'all', language })),
    },
    {
      key: 'maintenanceOn',
      label: ask('maintenanceOn.label'),
      icon: <IconTool {...ICON} />,
      text: ask('maintenanceOn.text'),
      reason: 'wanted',
      refuse: unless(({ status }) => status === 'MAINTENANCE' && t('inMaintenance')),
      run: ({ id }, reason) => client.servers.setMaintenance.mutate({ id, on: true, ...because(reason) }),
    },
    {
      key: 'maintenanceOff',
      label: ask('maintenanceOff.label'),
      icon: <IconTool {...ICON} />,
      text: ask('maintenanceOff.text'),
      refuse: unless(({ status }) => status !== 'MAINTENANCE' && t('notInMaintenance')),
      run: ({ id }) => client.servers.setMaintenance.mutate({ id, on: false }),
    },
    {
      key: 'hold',
      label: ask('hold.label'),
      icon: <IconPlayerPause {...ICON} />,
      text: ask('hold.text'),
      reason: 'needed',
      refuse: unless(({ held }) => held !== null && t('held')),
      run: ({ id }, reason) => client.servers.hold.mutate({ id, reason }),
    },
    {
      key: 'release',
      label: ask('release.label'),
      icon: <IconPlayerPlay {...ICON} />,
      text: ask('release.text'),
      reason: 'needed',
      refuse: unless(({ held }) => held === null && t('notHeld')),
      run: ({ id }, reason) => client.servers.release.mutate({ id, reason }),
    },
  ];
  if (!isAdmin) return open;
  return [
    ...open,
    {
      key: 'disable',
      label: ask('disable.label'),
      icon: <IconPower {...ICON} />,
      text: ask('disable.text'),
      reason: 'needed',
      refuse: unless(({ isDisabled }) => isDisabled && t('disabled')),
      run: ({ id }, reason) => client.servers.disable.mutate({ id, reason }),
    },
    {
      key: 'enable',
      label: ask('enable.label'),
      icon: <IconPower {...ICON} />,
      text: ask('enable.text'),
      refuse: unless(({ isDisabled }) => !isDisabled && t('enabled')),
      run: ({ id }) => client.servers.enable.mutate({ id }),
    },
  ];
}

/** A test that failed is an answer of the server, and trouble for whoever asked. */
function sayTrouble({ ok, lines }: Checklist): void {
  const line = ok ? undefined : lines.find(({ state }) => state === 'failed');
  if (line) throw new Error([line.cause, line.cure].filter(Boolean).join(' '));
}
