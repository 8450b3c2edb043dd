import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { NewServer } from '@/features/servers/ui/new-server';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('serverForm'))('title') };
}

export default async function NewServerPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('serverForm');
  const servers = await getTranslations('servers');
  const slug = readText((await searchParams).module);
  const language = await getLocale();
  const cache = getQueryClient();
  const [modules] = await Promise.all([
    cache.fetchQuery(trpc.modules.list.queryOptions({ limit: 100, language })).catch(() => null),
    cache.prefetchQuery(trpc.groups.list.queryOptions({ search: undefined, sort: 'name', limit: 20 })),
  ]);
  const chosen = modules?.items.find((module) => module.slug === slug);
  if (chosen) await cache.prefetchQuery(trpc.modules.get.queryOptions({ id: chosen.id, language }));
  return (
    <Page
      title={t('title')}
      lead={chosen ? t('leadForm') : t('leadModule')}
      back={{ href: '/servers', label: servers('title') }}
      narrow
    >
      <HydrateClient>
        <NewServer />
      </HydrateClient>
    </Page>
  );
}
