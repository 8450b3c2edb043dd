'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import { ServiceBadge } from './service-badge';
import { shortId, useableName } from './service-name';

interface ServicesOfProps {
  of: { customerId: string } | { productId: string } | { serverId: string };
  /** Said while there are none. */
  none: string;
}

/** The services of one customer, product or server, on its page. */
export function ServicesOf({ of, none }: ServicesOfProps) {
  const t = useTranslations('services');
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.services.list.infiniteQueryOptions({ ...of, limit: 20 }, nextPage));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  const other = (item: (typeof items)[number]) => ('customerId' in of ? item.product.name : item.customer.name);
  return (
    <Section title={t('title')} flush>
      {query.isPending && <ListSkeleton rows={3} />}
      {query.isSuccess && items.length === 0 && <p className="px-5 pb-5 text-sm text-ink-soft">{none}</p>}
      {items.length > 0 && (
        <RecordList
          items={items}
          label={t('title')}
          idOf={({ id }) => id}
          hrefOf={({ id }) => `/services/${id}`}
          name={{
            label: t('columns.service'),
            render: (item) => useableName(item) ?? t('unnamed', { id: shortId(item.id) }),
            below: other,
          }}
          columns={[
            {
              key: 'server',
              label: t('columns.server'),
              from: 'xl',
              render: ({ server }) => server?.name ?? <span className="text-ink-soft">{t('noServer')}</span>,
            },
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
          facts={({ createdAt }) => <RelativeTime at={createdAt} />}
        />
      )}
      <LoadMore query={query} />
    </Section>
  );
}
