'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Page } from '@/components/page';
import { useTRPC } from '@/trpc/client';
import { CustomerForm } from './customer-form';

export function CustomerEdit({ id }: { id: string }) {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const query = useQuery(trpc.customers.get.queryOptions({ id }));
  const back = { href: `/customers/${id}`, label: query.data?.name ?? t('columns.customer') };
  return (
    <Page title={t('edit')} lead={query.data?.name} back={back} narrow>
      {query.data ? (
        <CustomerForm customer={query.data} />
      ) : query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={380} radius="lg" />
      )}
    </Page>
  );
}
