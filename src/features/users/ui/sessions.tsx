'use client';

import { Button, Modal, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { RelativeTime } from '@/components/relative-time';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import { deviceOf } from './device-of';

/** Ends one's sessions everywhere but here. */
export function EndOtherSessions() {
  const t = useTranslations('staff');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const end = useMutation(
    trpc.users.revokeOtherSessions.mutationOptions({
      onSuccess: ({ ended }) => notifications.show({ message: t('othersEnded', { count: ended }), color: 'teal' }),
      onError: (error) => notifications.show({ title: t('sessionNotEnded'), message: error.message, color: 'red' }),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.users.sessions.pathKey() }),
    }),
  );
  return (
    <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate()}>
      {t('endOthers')}
    </Button>
  );
}

/** Where somebody is signed in right now, each with a way to end it. Without an id: oneself. */
export function Sessions({ userId }: { userId?: string }) {
  const t = useTranslations('staff');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const query = useQuery(trpc.users.sessions.queryOptions({ userId }));
  const revoke = useMutation(
    trpc.users.revokeSession.mutationOptions({
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.users.sessions.pathKey() }),
      onError: (error) => notifications.show({ title: t('sessionNotEnded'), message: error.message, color: 'red' }),
    }),
  );
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={70} radius="md" />;
  if (query.data.length === 0) return <p className="text-sm text-ink-soft">{t('noSessions')}</p>;
  return (
    <ul className="divide-y divide-line">
      {query.data.map(({ id, address, agent, lastSeenAt, createdAt, current }) => (
        <li key={id} className="flex items-center gap-3 py-3 text-sm">
          <IconDeviceDesktop size={19} stroke={1.7} aria-hidden className="shrink-0 text-ink-soft" />
          <div className="min-w-0 flex-1" title={agent ?? undefined}>
            <p className="flex items-center gap-2 font-medium">
              <span className="truncate">{deviceOf(agent) ?? t('unknownDevice')}</span>
              {current && <Tag tone="green" label={t('current')} />}
            </p>
            <p className="text-[13px] text-ink-soft">
              {address ?? t('unknownAddress')} · {t.rich('since', { when: () => <RelativeTime at={createdAt} /> })} ·{' '}
              {t.rich('seen', { when: () => <RelativeTime at={lastSeenAt} /> })}
            </p>
          </div>
          {!current && (
            <Button
              variant="default"
              size="xs"
              aria-label={t('endSessionOn', { device: deviceOf(agent) ?? t('unknownDevice') })}
              loading={revoke.isPending && revoke.variables.id === id}
              onClick={() => revoke.mutate({ id })}
            >
              {t('endSession')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

interface SessionsDialogProps {
  /** null = closed. */
  userId: string | null;
  title: string;
  onClose: () => void;
}

export function SessionsDialog({ userId, title, onClose }: SessionsDialogProps) {
  const actions = useTranslations('actions');
  return (
    <Modal
      opened={userId !== null}
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      {userId && <Sessions userId={userId} />}
    </Modal>
  );
}
