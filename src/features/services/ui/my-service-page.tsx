'use client';

import { Skeleton } from '@mantine/core';
import { IconPackageOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Breakable } from '@/components/breakable';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel, StaleNote } from '@/components/error-panel';
import { httpStatusOf } from '@/components/form-issues';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { LoginTrouble } from '@/features/sso/ui/login-trouble';
import { UsageCard } from '@/features/usage/ui/usage-card';
import { useTRPC } from '@/trpc/client';
import { MyAccess } from './my-access';
import { MyActions } from './my-actions';
import { MyHistory } from './my-history';
import { MyStatus } from './my-status';
import { shortId, useableName } from './service-name';

/** One service of a customer: how it is, how to reach it, what can be done, what happened. */
export function MyServicePage({ id }: { id: string }) {
  const t = useTranslations('client');
  const services = useTranslations('services');
  const trpc = useTRPC();
  const language = useLocale() === 'tr' ? 'tr' : 'en';
  const query = useQuery({
    ...trpc.my.service.queryOptions({ id, language }),
    refetchInterval: ({ state }) => (state.data?.work && !state.data.work.stuck ? 1000 : false),
  });
  const back = { href: '/my', label: t('title') };
  const { data: service } = query;
  if (!service) {
    const missing = query.isError && [400, 404].includes(httpStatusOf(query.error) ?? 0);
    return (
      <Page title={missing ? t('page.notFound') : services('unnamed', { id: shortId(id) })} back={back}>
        {missing && <NotMine />}
        {query.isError && !missing && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton height={320} radius="lg" />}
      </Page>
    );
  }
  return (
    <Page
      title={<Breakable text={useableName(service) ?? services('unnamed', { id: shortId(id) })} />}
      back={back}
      lead={service.product}
      actions={<MyActions service={service} />}
    >
      <LoginTrouble />
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      {/* How to reach it comes second for keys and on small screens, beside all else where there is room. */}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <MyStatus service={service} />
        <div className="min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <MyAccess service={service} />
        </div>
        <div className="min-w-0 space-y-5">
          <UsageCard serviceId={service.id} running={['ACTIVE', 'SUSPENDED'].includes(service.status)} />
          <MyHistory history={service.history} />
        </div>
      </div>
    </Page>
  );
}

function NotMine() {
  const t = useTranslations('client.page');
  return (
    <Section>
      <EmptyState
        icon={<IconPackageOff size={22} />}
        title={t('notFound')}
        text={t('notFoundText')}
        action={<LinkButton href="/my">{t('toServices')}</LinkButton>}
      />
    </Section>
  );
}
