import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { ExportButton } from '@/features/lists/ui/export-button';
import { readServerFilters } from '@/features/servers/ui/read-server-filters';
import { ServersList } from '@/features/servers/ui/servers-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('servers'))('title') };
}

export default async function ServersPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('servers');
  const { search, show, group, module, sort } = await searchParams;
  const asked = {
    search: readText(search),
    show: readText(show),
    group: readText(group),
    module: readText(module),
    sort: readText(sort),
  };
  const { role } = await requireActor();
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchInfiniteQuery(trpc.servers.list.infiniteQueryOptions(readServerFilters(asked), nextPage)),
    cache.prefetchQuery(trpc.groups.list.queryOptions({ search: undefined, sort: 'name', limit: 20 })),
    cache.prefetchQuery(trpc.modules.list.queryOptions({ limit: 100, language: await getLocale() })),
  ]);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ExportButton what="servers" />
          {role === 'ADMIN' && (
            <LinkButton href="/servers/new" leftSection={<IconPlus size={17} aria-hidden />}>
              {t('new')}
            </LinkButton>
          )}
        </>
      }
    >
      <HydrateClient>
        <ServersList />
      </HydrateClient>
    </Page>
  );
}
