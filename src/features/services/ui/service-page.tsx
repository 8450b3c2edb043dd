'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { StaleNote } from '@/components/error-panel';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { OperationCard } from '@/features/operations/ui/operation-card';
import { isMoving } from '@/features/operations/ui/operation-view';
import { WhyThisServer } from '@/features/placement/ui/why-this-server';
import { LoginTrouble } from '@/features/sso/ui/login-trouble';
import { UsageCard } from '@/features/usage/ui/usage-card';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { ServiceActions } from './service-actions';
import { ServiceBadge } from './service-badge';
import { ServiceFacts } from './service-facts';
import { shortId, useableName } from './service-name';
import { ServiceNotices } from './service-notices';

export function ServicePage({ id }: { id: string }) {
  const t = useTranslations('services');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.services.get.queryOptions({ id }),
    refetchInterval: ({ state }) => (isUnsettled(state.data) ? 1000 : false),
  });
  const back = { href: '/services', label: t('title') };
  const { data: service } = query;
  if (!service) {
    return (
      <PendingPage title={t('unnamed', { id: shortId(id) })} back={back} query={query}>
        <ServiceSkeleton />
      </PendingPage>
    );
  }
  return (
    <Page
      title={useableName(service) ?? t('unnamed', { id: shortId(id) })}
      back={back}
      lead={<Lead service={service} />}
      actions={<ServiceActions service={service} />}
    >
      <LoginTrouble staff />
      <ServiceNotices service={service} />
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Timeline service={service} />
        <div className="space-y-5">
          <UsageCard serviceId={service.id} running={['ACTIVE', 'SUSPENDED'].includes(service.status)} />
          <ServiceFacts service={service} />
          <WhyThisServer placement={service.placement} />
        </div>
      </div>
    </Page>
  );
}

type Service = RouterOutputs['services']['get'];

/** Also while the welcome mail waits to be sent: the account is there, the story is not over. */
function isUnsettled(service: Service | undefined): boolean {
  if (!service) return false;
  if (service.isWished) return true;
  return service.operations.some(
    (operation) =>
      isMoving(operation) || operation.emails.some(({ state, noServer }) => state === 'QUEUED' && !noServer),
  );
}

function Lead({ service }: { service: Service }) {
  const t = useTranslations('services');
  const { server } = service;
  // The same reading as the timeline below: the two must not contradict each other while work runs.
  const current = service.operations.find(({ id }) => id === service.operation?.id) ?? service.operation;
  return (
    <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1.5">
      <span className="mr-1.5">
        <ServiceBadge status={service.status} operation={current} />
      </span>
      <TextLink href={`/products/${service.product.id}`}>{service.product.name}</TextLink>
      {server && (
        <span>
          · <TextLink href={`/servers/${server.id}`}>{server.name}</TextLink>
        </span>
      )}
      {service.username && (
        <span className="inline-flex items-center gap-1">
          · <span className="font-mono text-[13px]">{service.username}</span>
          <CopyButton value={service.username} what={t('facts.username')} />
        </span>
      )}
      {service.suspendReason && <span>· {t('suspended', { reason: service.suspendReason })}</span>}
    </div>
  );
}

function Timeline({ service }: { service: Service }) {
  const t = useTranslations('timeline');
  return (
    <section aria-label={t('title')} className="min-w-0 space-y-4">
      {service.operations.length === 0 && (
        <Section>
          <p className="text-sm text-ink-soft">{t('empty')}</p>
        </Section>
      )}
      {service.operations.map((operation, index) => (
        <OperationCard key={operation.id} operation={operation} open={index === 0} />
      ))}
    </section>
  );
}

function ServiceSkeleton() {
  return (
    <div aria-hidden className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Skeleton height={320} radius="lg" />
      <div className="space-y-5">
        <Skeleton height={220} radius="lg" />
        <Skeleton height={180} radius="lg" />
      </div>
    </div>
  );
}
