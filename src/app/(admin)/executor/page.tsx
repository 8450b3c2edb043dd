import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { ExecutorStatus } from '@/features/executor/ui/executor-status';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('executor'))('title') };
}

export default async function ExecutorPage() {
  const t = await getTranslations('executor');
  await getQueryClient().prefetchQuery(trpc.executor.status.queryOptions());
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <ExecutorStatus />
      </HydrateClient>
    </Page>
  );
}
