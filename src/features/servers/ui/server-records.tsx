'use client';

import { IconHistory, IconListDetails, IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { AuditEntryRow } from '@/features/audit/ui/audit-entry';
import { OperationRow } from '@/features/operations/ui/operation-row';
import { isMoving } from '@/features/operations/ui/operation-view';
import { ServiceBadge } from '@/features/services/ui/service-badge';
import { shortId, useableName } from '@/features/services/ui/service-name';
import { useTRPC } from '@/trpc/client';

/** Services that live on this server. */
export function ServerAccounts({ serverId }: { serverId: string }) {
  const t = useTranslations('services');
  const page = useTranslations('serverPage');
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.services.list.infiniteQueryOptions({ serverId, limit: 50 }, nextPage));
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section flush>
      {query.isPending && <ListSkeleton rows={4} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={<IconPackage size={22} />} title={page('noAccounts')} text={page('noAccountsText')} />
      )}
      {items.length > 0 && (
        <RecordList
          items={items}
          label={page('tabs.accounts')}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/services/${id}`}
          name={{
            label: t('columns.service'),
            render: (item) => useableName(item) ?? t('unnamed', { id: shortId(item.id) }),
            below: (item) => item.product.name,
          }}
          columns={[
            { key: 'customer', label: t('columns.customer'), render: ({ customer }) => customer.name },
            {
              key: 'status',
              label: t('columns.status'),
              render: (item) => <ServiceBadge status={item.status} operation={item.operation} />,
            },
            {
              key: 'created',
              label: t('columns.created'),
              align: 'right',
              render: ({ createdAt }) => <RelativeTime at={createdAt} className="whitespace-nowrap text-ink-soft" />,
            },
          ]}
          badge={(item) => <ServiceBadge status={item.status} operation={item.operation} />}
          facts={({ customer }) => customer.name}
        />
      )}
      <LoadMore query={query} />
    </Section>
  );
}

/** Operations of services here, and those that were tried here. */
export function ServerOperations({ serverId }: { serverId: string }) {
  const t = useTranslations('serverPage');
  const trpc = useTRPC();
  const query = useInfiniteQuery({
    ...trpc.operations.list.infiniteQueryOptions({ serverId, tab: 'all', limit: 20 }, nextPage),
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isMoving)) ? 1000 : false),
  });
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section flush>
      {query.isPending && <ListSkeleton rows={4} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={<IconListDetails size={22} />} title={t('noOperations')} text={t('noOperationsText')} />
      )}
      <ul aria-label={t('tabs.operations')} className="divide-y divide-line">
        {items.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </ul>
      <LoadMore query={query} />
    </Section>
  );
}

/** Who did what to this server, and why. */
export function ServerAudit({ serverId }: { serverId: string }) {
  const t = useTranslations('serverPage');
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.audit.list.infiniteQueryOptions({ targetId: serverId, limit: 50 }, nextPage));
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Section flush>
      {query.isPending && <ListSkeleton rows={4} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={<IconHistory size={22} />} title={t('noAudit')} text={t('noAuditText')} />
      )}
      <ol aria-label={t('tabs.audit')} className="divide-y divide-line">
        {items.map((item) => (
          <AuditEntryRow key={item.id} item={item} />
        ))}
      </ol>
      <LoadMore query={query} />
    </Section>
  );
}
