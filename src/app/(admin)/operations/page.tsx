import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { OperationsList } from '@/features/operations/ui/operations-list';
import { OPERATION_FILTER_NAMES, readOperationFilter } from '@/features/operations/ui/read-operation-filters';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function OperationsPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('operations');
  const asked = await searchParams;
  const texts = Object.fromEntries(OPERATION_FILTER_NAMES.map((name) => [name, readText(asked[name])]));
  await getQueryClient().prefetchInfiniteQuery(
    trpc.operations.list.infiniteQueryOptions(readOperationFilter(texts), nextPage),
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <OperationsList />
      </HydrateClient>
    </Page>
  );
}
