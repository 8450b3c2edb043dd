import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { readTab } from '@/features/operations/ui/operation-tabs';
import { OperationsList } from '@/features/operations/ui/operations-list';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function OperationsPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('operations');
  const { tab, search } = await searchParams;
  await getQueryClient().prefetchInfiniteQuery(
    trpc.operations.list.infiniteQueryOptions({ tab: readTab(readText(tab)), search: readText(search) }, nextPage),
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <OperationsList />
      </HydrateClient>
    </Page>
  );
}
