'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { ScopeNames } from './scope-names';

type Key = RouterOutputs['apiKeys']['list']['items'][number];

export function ApiKeysList() {
  const t = useTranslations('apiKeys');
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.apiKeys.list.infiniteQueryOptions({}, nextPage));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section flush>
      {query.isPending && <ListSkeleton rows={3} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState
          icon={<IconKey size={24} stroke={1.7} />}
          title={t('empty')}
          text={t('emptyText')}
          action={<LinkButton href="/api-keys/new">{t('new')}</LinkButton>}
        />
      )}
      {items.length > 0 && <Records items={items} />}
      <LoadMore query={query} />
    </Section>
  );
}

function Records({ items }: { items: Key[] }) {
  const t = useTranslations('apiKeys');
  return (
    <RecordList
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      name={{
        label: t('columns.name'),
        render: ({ name }) => name,
        below: ({ hint, createdBy }) => (
          <>
            <span className="font-mono">{hint}…</span>
            {createdBy && ` · ${createdBy.name}`}
          </>
        ),
      }}
      columns={[
        { key: 'scopes', label: t('columns.scopes'), render: ({ scopes }) => <ScopeNames scopes={scopes} /> },
        { key: 'state', label: t('columns.state'), render: (item) => <KeyState item={item} /> },
        { key: 'used', label: t('columns.used'), render: (item) => <LastUsed item={item} /> },
        { key: 'expires', label: t('columns.expires'), from: 'lg', render: (item) => <WorksUntil item={item} /> },
        {
          key: 'actions',
          label: t('columns.actions'),
          align: 'right',
          render: (item) => item.state !== 'revoked' && <RevokeButton item={item} />,
        },
      ]}
      badge={(item) => <KeyState item={item} />}
      facts={(item) => (
        <span className="flex flex-wrap items-center justify-between gap-2">
          <span>
            {t('columns.used')}: <LastUsed item={item} />
            <br />
            <ScopeNames scopes={item.scopes} />
          </span>
          {item.state !== 'revoked' && <RevokeButton item={item} />}
        </span>
      )}
    />
  );
}

const TONES = { active: 'green', expired: 'amber', revoked: 'grey' } as const;
const SOON_MS = 14 * 24 * 3600_000;

function KeyState({ item: { state, expiresAt, createdBy } }: { item: Key }) {
  const t = useTranslations('apiKeys');
  const now = useNow();
  const soon = state === 'active' && expiresAt !== null && Date.parse(expiresAt) - now.getTime() < SOON_MS;
  const orphan = state === 'active' && createdBy !== null && !createdBy.active;
  return (
    <span className="relative inline-flex flex-col items-start gap-1">
      <Tag tone={TONES[state]} label={t(`states.${state}`)} />
      {soon && expiresAt && (
        <span className="text-[13px] text-ink-soft">
          {t.rich('soon', { when: () => <RelativeTime at={expiresAt} /> })}
        </span>
      )}
      {orphan && <span className="text-[13px] text-ink-soft">{t('makerGone', { name: createdBy.name })}</span>}
    </span>
  );
}

function LastUsed({ item: { lastUsedAt, lastUsedAddress } }: { item: Key }) {
  const t = useTranslations('apiKeys');
  if (!lastUsedAt) return <span className="text-ink-soft">{t('never')}</span>;
  return (
    <span>
      <RelativeTime at={lastUsedAt} />
      {lastUsedAddress && <span className="text-ink-soft"> {t('usedFrom', { address: lastUsedAddress })}</span>}
    </span>
  );
}

function WorksUntil({ item: { expiresAt } }: { item: Key }) {
  const t = useTranslations('apiKeys');
  const format = useFormatter();
  if (!expiresAt) return <span className="text-ink-soft">{t('forEver')}</span>;
  return <span className="whitespace-nowrap">{format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })}</span>;
}

function RevokeButton({ item: { id, name } }: { item: Key }) {
  const t = useTranslations('apiKeys');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('revoked', { name }), color: 'teal' });
        close();
        await cache.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() });
      },
    }),
  );
  const ask = () => {
    revoke.reset();
    open();
  };
  return (
    <>
      <Button size="xs" variant="default" className="relative" aria-label={t('revokeNamed', { name })} onClick={ask}>
        {t('revoke')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('revokeTitle', { name })}
        closeButtonProps={{ 'aria-label': actions('close') }}
      >
        {revoke.error ? (
          <FormProblem title={t('notRevoked')} text={revoke.error.message} />
        ) : (
          <p className="text-sm">{t('revokeText')}</p>
        )}
        <div className="mt-6 flex justify-end gap-2">
          <Button variant="default" onClick={close} data-autofocus>
            {actions('cancel')}
          </Button>
          <Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate({ id })}>
            {t('revoke')}
          </Button>
        </div>
      </Modal>
    </>
  );
}
