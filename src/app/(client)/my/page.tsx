import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { MyServices } from '@/features/services/ui/my-services';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('client'))('title') };
}

export default async function MyServicesPage() {
  const t = await getTranslations('client');
  await getQueryClient().prefetchInfiniteQuery(trpc.services.list.infiniteQueryOptions({}, nextPage));
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <MyServices />
      </HydrateClient>
    </Page>
  );
}
