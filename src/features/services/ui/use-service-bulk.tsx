'use client';

import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { BulkAction } from '@/features/lists/ui/bulk-action';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPCClient } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['services']['list']['items'][number];
type Kind = 'suspend' | 'unsuspend' | 'terminate';

const because = (reason: string) => (reason === '' ? {} : { reason });
const ICON = { size: 16, 'aria-hidden': true } as const;

/** What can be asked for many services at once. Each is judged again by the server when it is asked. */
export function useServiceBulk(): BulkAction<Item>[] {
  const t = useTranslations('services.bulk');
  const labels = useTranslations('services.do');
  const words = useTranslations('status.service');
  const client = useTRPCClient();
  const { isAdmin } = useMe();
  const refuse = (kind: Kind, states: Item['status'][]) => (item: Item) => {
    if (!states.includes(item.status)) return t('isNow', { status: words(item.status) });
    return item.supports[kind] ? null : t('unsupported');
  };
  const suspend: BulkAction<Item> = {
    key: 'suspend',
    label: labels('suspend.label'),
    icon: <IconPlayerPause {...ICON} />,
    text: t('suspendText'),
    reason: 'wanted',
    refuse: refuse('suspend', ['ACTIVE']),
    run: ({ id }, reason) => client.services.suspend.mutate({ id, ...because(reason) }),
  };
  const unsuspend: BulkAction<Item> = {
    key: 'unsuspend',
    label: labels('unsuspend.label'),
    icon: <IconPlayerPlay {...ICON} />,
    text: t('unsuspendText'),
    refuse: refuse('unsuspend', ['SUSPENDED']),
    run: ({ id }) => client.services.unsuspend.mutate({ id }),
  };
  const terminate: BulkAction<Item> = {
    key: 'terminate',
    label: labels('terminate.label'),
    icon: <IconTrash {...ICON} />,
    text: t('terminateText'),
    danger: true,
    typed: true,
    reason: 'wanted',
    refuse: refuse('terminate', ['ACTIVE', 'SUSPENDED', 'PENDING', 'FAILED']),
    note: ({ status, terminateAfterDays: days }) =>
      days && (status === 'ACTIVE' || status === 'SUSPENDED') ? t('later', { days }) : t('atOnce'),
    run: ({ id }, reason) => client.services.terminate.mutate({ id, ...because(reason) }),
  };
  return isAdmin ? [suspend, unsuspend, terminate] : [suspend, unsuspend];
}
