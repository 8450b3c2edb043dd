'use client';

import { Skeleton } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Breakable } from '@/components/breakable';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { Section } from '@/components/section';
import { isMoving } from '@/features/operations/ui/operation-view';
import { LoginButton } from '@/features/sso/ui/login-button';
import { Measured } from '@/features/usage/ui/usage-bars';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { ClientBadge } from './client-badge';
import { shortId, useableName } from './service-name';

type Item = RouterOutputs['services']['list']['items'][number];

/** What has ended, or never began, uses nothing. */
const OF_USE: Item['status'][] = ['ACTIVE', 'SUSPENDED'];

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
  const usage = useTranslations('usage');
  const name = useableName(service) ?? words('unnamed', { id: shortId(service.id) });
  return (
    <li className="relative flex flex-col rounded-2xl border border-line bg-surface p-5 transition-colors hover:border-line-strong">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="text-[15px] font-semibold [overflow-wrap:anywhere]">
            <Link href={`/my/services/${service.id}`} className="row-link rounded-2xl text-ink no-underline">
              <Breakable text={name} />
            </Link>
          </h2>
          <p className="text-[13px] text-ink-soft">{service.product.name}</p>
        </div>
        <span className="shrink-0">
          <ClientBadge status={service.status} />
        </span>
      </div>
      {service.status !== 'ACTIVE' && <p className="mt-3 text-sm text-pretty">{t(`states.${service.status}`)}</p>}
      {service.status === 'FAILED' && (
        <p className="mt-1 text-[13px] text-ink-soft">
          {t('reference', { id: shortId(service.operation?.id ?? service.id) })}
        </p>
      )}
      {service.usage && OF_USE.includes(service.status) && (
        <dl className="mt-4">
          <Measured label={usage('disk')} amount={service.usage.disk} />
        </dl>
      )}
      <div className="mt-auto flex flex-wrap gap-2 pt-5">
        {service.canLogin && (
          <span className="relative">
            <LoginButton serviceId={service.id} of={name} size="sm" />
          </span>
        )}
        <span className="relative">
          <LinkButton href={`/my/services/${service.id}`} variant="default" size="sm">
            {t('open')}
            <span className="sr-only"> {name}</span>
          </LinkButton>
        </span>
      </div>
    </li>
  );
}
