'use client';

import { Skeleton } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { isMoving } from '@/features/operations/ui/operation-view';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { shortId, useableName } from './service-name';

type Item = RouterOutputs['services']['list']['items'][number];

/** A customer's own services, in plain words. */
export function MyServices() {
  const t = useTranslations('client');
  const trpc = useTRPC();
  const query = useInfiniteQuery({
    ...trpc.services.list.infiniteQueryOptions({}, nextPage),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ operation }) => operation && isMoving(operation)))
        ? 1000
        : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isPending) return <Skeleton height={140} radius="lg" />;
  if (query.isError && items.length === 0) {
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (items.length === 0) {
    return (
      <Section>
        <EmptyState icon={<IconPackage size={22} />} title={t('empty')} text={t('emptyText')} />
      </Section>
    );
  }
  return (
    <>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {items.map((service) => (
          <MyService key={service.id} service={service} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}

function MyService({ service }: { service: Item }) {
  const t = useTranslations('client');
  const words = useTranslations('services');
  // A failure is the company's to mend; its customer learns that somebody is on it, and what to refer to.
  const status = service.status === 'FAILED' ? 'PENDING' : service.status;
  return (
    <li className="rounded-2xl border border-line bg-surface p-5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="truncate text-[15px] font-semibold">
            {useableName(service) ?? words('unnamed', { id: shortId(service.id) })}
          </h2>
          <p className="text-[13px] text-ink-soft">{service.product.name}</p>
        </div>
        <StatusBadge kind="service" status={status} />
      </div>
      <p className="mt-3 text-sm">{t(`states.${service.status}`)}</p>
      {service.status === 'FAILED' ? (
        <p className="mt-1 text-[13px] text-ink-soft">{t('reference', { id: shortId(service.id) })}</p>
      ) : (
        service.username && (
          <p className="mt-2 flex items-center gap-1 text-[13px] text-ink-soft">
            {words('facts.username')}: <span className="font-mono text-ink">{service.username}</span>
            <CopyButton value={service.username} what={words('facts.username')} />
          </p>
        )
      )}
    </li>
  );
}
