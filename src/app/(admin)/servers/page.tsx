import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { ServersList } from '@/features/servers/ui/servers-list';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('servers'))('title') };
}

export default async function ServersPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('servers');
  const { search } = await searchParams;
  await getQueryClient().prefetchInfiniteQuery(
    trpc.servers.list.infiniteQueryOptions({ search: readText(search) }, nextPage),
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <ServersList />
      </HydrateClient>
    </Page>
  );
}
