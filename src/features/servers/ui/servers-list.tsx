'use client';

import { Button } from '@mantine/core';
import { IconSearchOff, IconServer2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { StatusBadge, type StatusOf } from '@/components/status-badge';
import { Countdown } from '@/components/time-span';
import { BulkList } from '@/features/lists/ui/bulk-list';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { useHeldWords } from './held-words';
import { ServerFilters, useServerFilters } from './server-filters';
import { useServerBulk } from './use-server-bulk';

type Server = RouterOutputs['servers']['list']['items'][number];

/** What keeps a server from work comes before what it is otherwise. */
export function serverStatus(server: Pick<Server, 'archived' | 'isDisabled' | 'held' | 'status'>): StatusOf<'server'> {
  if (server.archived) return 'ARCHIVED';
  if (server.isDisabled) return 'DISABLED';
  return server.held ? 'HELD' : server.status;
}

export function ServersList() {
  const t = useTranslations('servers');
  const trpc = useTRPC();
  const { filters, setFilters, input, filtered } = useServerFilters();
  const query = useInfiniteQuery({
    ...trpc.servers.list.infiniteQueryOptions(input, nextPage),
    // A held server is tested by itself; everything else changes only when somebody acts.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ held, running }) => held || running > 0)) ? 1000 : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const clear = () => setFilters({ search: '', show: '', group: '', module: '' });
  return (
    <>
      <ServerFilters filters={filters} onChange={setFilters} />
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton rows={4} />}
          {query.isSuccess && items.length === 0 && <NoServers filtered={filtered} onClear={clear} />}
          {items.length > 0 && <ServerRecords items={items} label={t('title')} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

function NoServers({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('servers');
  const actions = useTranslations('actions');
  if (filtered)
    return (
      <EmptyState
        icon={<IconSearchOff size={22} />}
        title={t('filtered')}
        text={t('filteredText')}
        action={
          <Button variant="default" onClick={onClear}>
            {actions('clearFilters')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={<IconServer2 size={22} />}
      title={t('empty')}
      text={t('emptyText')}
      action={<LinkButton href="/servers/new">{t('new')}</LinkButton>}
    />
  );
}

function ServerRecords({ items, label }: { items: Server[]; label: string }) {
  const t = useTranslations('servers');
  const actions = useServerBulk();
  return (
    <BulkList
      actions={actions}
      titleOf={({ name }) => name}
      items={items}
      label={label}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/servers/${id}`}
      name={{
        label: t('columns.server'),
        render: ({ name }) => name,
        below: ({ hostname }) => hostname,
      }}
      columns={[
        {
          key: 'module',
          label: t('columns.module'),
          from: 'lg',
          render: ({ moduleName, version }) => (
            <>
              {moduleName}
              {version && (
                <span className="block text-[13px] whitespace-nowrap text-ink-soft">{t('version', { version })}</span>
              )}
            </>
          ),
        },
        {
          key: 'group',
          label: t('columns.group'),
          width: 'w-44',
          // Three words side by side, whatever the other columns would like to have.
          render: ({ group }) => (
            <span className={`block min-w-32 ${group ? '' : 'text-ink-soft'}`}>{group?.name ?? t('noGroup')}</span>
          ),
        },
        {
          key: 'status',
          label: t('columns.status'),
          width: 'w-48',
          render: (server) => <ServerStatus server={server} />,
        },
        {
          key: 'accounts',
          label: t('columns.accounts'),
          width: 'w-44',
          render: (server) => <Accounts server={server} />,
        },
        {
          key: 'checked',
          label: t('columns.checked'),
          from: 'lg',
          align: 'right',
          render: ({ lastCheckedAt, lastCheck }) => (
            <span className="whitespace-nowrap text-ink-soft">
              {lastCheckedAt ? <RelativeTime at={lastCheckedAt} /> : t('notChecked')}
              {lastCheck && (
                <span className="block text-[13px] tabular-nums">
                  {lastCheck.ok ? t('latency', { ms: lastCheck.latencyMs }) : t('lastFailed')}
                </span>
              )}
            </span>
          ),
        },
      ]}
      badge={(server) => <StatusBadge kind="server" status={serverStatus(server)} />}
      facts={(server) => (
        <div className="mt-2 space-y-2">
          <Held server={server} />
          <Accounts server={server} />
        </div>
      )}
    />
  );
}

function ServerStatus({ server }: { server: Server }) {
  const t = useTranslations('servers');
  const { running, maxParallel } = server;
  return (
    <div className="max-w-72">
      <StatusBadge kind="server" status={serverStatus(server)} />
      <span className="mt-1 block text-[13px] whitespace-nowrap tabular-nums text-ink-soft">
        {t('runningOf', { running, limit: maxParallel })}
      </span>
      <Held server={server} />
    </div>
  );
}

interface HeldProps {
  server: Pick<Server, 'held'>;
  /** The reason to its end, however long it is. */
  whole?: boolean;
}

export function Held({ server: { held }, whole = false }: HeldProps) {
  const t = useTranslations('servers');
  const heldWords = useHeldWords();
  if (!held) return null;
  const { nextProbeAt } = held;
  const reason = heldWords(held.kind, held.reason);
  return (
    <div className="mt-1 text-[13px] text-ink-soft [overflow-wrap:anywhere]">
      <span className={whole ? 'block' : 'line-clamp-3'} title={reason}>
        {t.rich('heldSince', {
          when: () => <RelativeTime at={held.at} />,
          reason,
        })}
      </span>
      {nextProbeAt && (
        <span className="block">{t.rich('nextProbe', { when: () => <Countdown to={nextProbeAt} /> })}</span>
      )}
    </div>
  );
}

export function Accounts({ server: { accountCount, unknownCount, maxAccounts } }: { server: Server }) {
  const t = useTranslations('servers');
  const format = useFormatter();
  const used = accountCount + unknownCount;
  return (
    <div>
      <p className="mb-1 text-[13px] whitespace-nowrap tabular-nums">
        {maxAccounts === null ? t('noLimit', { used }) : t('usedOf', { used, limit: maxAccounts })}
        {maxAccounts !== null && maxAccounts > 0 && (
          <span className="text-ink-soft"> · {format.number(used / maxAccounts, { style: 'percent' })}</span>
        )}
      </p>
      {maxAccounts !== null && <Bar used={used} limit={maxAccounts} />}
    </div>
  );
}
