import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { ExportButton } from '@/features/lists/ui/export-button';
import { readSort, readStatus } from '@/features/services/ui/service-filters';
import { ServicesList } from '@/features/services/ui/services-list';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('services'))('title') };
}

export default async function ServicesPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('services');
  const { search, status, sort } = await searchParams;
  await getQueryClient().prefetchInfiniteQuery(
    trpc.services.list.infiniteQueryOptions(
      { search: readText(search), status: readStatus(readText(status)), sort: readSort(readText(sort)) },
      nextPage,
    ),
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ExportButton what="services" />
          <LinkButton href="/services/new" leftSection={<IconPlus size={17} aria-hidden />}>
            {t('new')}
          </LinkButton>
        </>
      }
    >
      <HydrateClient>
        <ServicesList />
      </HydrateClient>
    </Page>
  );
}
