'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Page } from '@/components/page';
import { useTRPC } from '@/trpc/client';
import { DefinitionForm } from './definition-form';

/** The newest version of a definition, to be saved as the next one. */
export function EditDefinition({ id }: { id: string }) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const query = useQuery(trpc.modules.definition.queryOptions({ id }));
  const { data } = query;
  const lead = data && t('editLead', { version: data.newest });
  return (
    <Page title={t('edit')} lead={lead} back={{ href: `/modules/${id}`, label: data?.definition.name ?? t('modules') }}>
      {data ? (
        <DefinitionForm start={data.definition} edited={{ id, version: data.newest }} />
      ) : query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} radius="lg" />
      )}
    </Page>
  );
}
