import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { NewProduct } from '@/features/products/ui/new-product';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('products'))('new') };
}

export default async function NewProductPage() {
  const t = await getTranslations('products');
  const language = await getLocale();
  await getQueryClient().prefetchQuery(trpc.modules.list.queryOptions({ limit: 100, language }));
  return (
    <Page title={t('new')} lead={t('newLead')} back={{ href: '/products', label: t('title') }} narrow>
      <HydrateClient>
        <NewProduct />
      </HydrateClient>
    </Page>
  );
}
