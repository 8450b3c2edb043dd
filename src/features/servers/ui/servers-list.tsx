'use client';

import { IconSearchOff, IconServer2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { StatusBadge, type StatusOf } from '@/components/status-badge';
import { Countdown } from '@/components/time-span';
import { useUrlFilters } from '@/components/use-url-filters';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

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
  const [filters, setFilters] = useUrlFilters(['search'] as const);
  const query = useInfiniteQuery({
    ...trpc.servers.list.infiniteQueryOptions({ search: filters.search || undefined }, nextPage),
    // A held server is tested by itself; everything else changes only when somebody acts.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ held }) => held)) ? 1000 : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filters.search !== '';
  return (
    <>
      <div className="mb-4">
        <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
      </div>
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton rows={4} />}
          {query.isSuccess && items.length === 0 && (
            <EmptyState
              icon={filtered ? <IconSearchOff size={22} /> : <IconServer2 size={22} />}
              title={filtered ? t('filtered') : t('empty')}
              text={filtered ? t('filteredText') : t('emptyText')}
            />
          )}
          {items.length > 0 && <ServerRecords items={items} />}
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

function ServerRecords({ items }: { items: Server[] }) {
  const t = useTranslations('servers');
  return (
    <RecordList
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
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
              {version && <span className="block text-[13px] text-ink-soft">{t('version', { version })}</span>}
            </>
          ),
        },
        {
          key: 'group',
          label: t('columns.group'),
          render: ({ group }) => group?.name ?? <span className="text-ink-soft">{t('noGroup')}</span>,
        },
        {
          key: 'status',
          label: t('columns.status'),
          width: 'w-72',
          render: (server) => <ServerStatus server={server} />,
        },
        {
          key: 'accounts',
          label: t('columns.accounts'),
          width: 'w-52',
          render: (server) => <Accounts server={server} />,
        },
        {
          key: 'checked',
          label: t('columns.checked'),
          from: 'lg',
          align: 'right',
          render: ({ lastCheckedAt }) => (
            <span className="whitespace-nowrap text-ink-soft">
              {lastCheckedAt ? <RelativeTime at={lastCheckedAt} /> : t('notChecked')}
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
  return (
    <div className="max-w-72">
      <StatusBadge kind="server" status={serverStatus(server)} />
      <Held server={server} />
    </div>
  );
}

function Held({ server: { held } }: { server: Server }) {
  const t = useTranslations('servers');
  const errorKinds = useTranslations('errorKinds');
  if (!held) return null;
  const { nextProbeAt } = held;
  return (
    <div className="mt-1 text-[13px] text-ink-soft [overflow-wrap:anywhere]">
      <span className="line-clamp-3" title={held.reason ?? undefined}>
        {t.rich('heldSince', {
          when: () => <RelativeTime at={held.at} />,
          reason: held.reason ?? errorKinds('other'),
        })}
      </span>
      {nextProbeAt && (
        <span className="block">{t.rich('nextProbe', { when: () => <Countdown to={nextProbeAt} /> })}</span>
      )}
    </div>
  );
}

function Accounts({ server: { accountCount, unknownCount, maxAccounts } }: { server: Server }) {
  const t = useTranslations('servers');
  const used = accountCount + unknownCount;
  return (
    <div>
      <p className="mb-1 text-[13px] tabular-nums">
        {maxAccounts === null ? t('noLimit', { used }) : t('usedOf', { used, limit: maxAccounts })}
        {maxAccounts !== null && maxAccounts > 0 && (
          <span className="text-ink-soft"> · {Math.round((used / maxAccounts) * 100)} %</span>
        )}
      </p>
      {maxAccounts !== null && <Bar used={used} limit={maxAccounts} />}
    </div>
  );
}
