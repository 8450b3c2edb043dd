import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readNameSort } from '@/components/read-name-sort';
import { readText, type SearchParams } from '@/components/search-params';
import { ExportButton } from '@/features/lists/ui/export-button';
import { readActive } from '@/features/products/ui/product-filters';
import { ProductsList } from '@/features/products/ui/products-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('products'))('title') };
}

export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('products');
  const { search, active, sort } = await searchParams;
  const { role } = await requireActor();
  const filter = {
    search: readText(search),
    isActive: readActive(readText(active)),
    sort: readNameSort(readText(sort)),
  };
  await getQueryClient().prefetchInfiniteQuery(trpc.products.list.infiniteQueryOptions(filter, nextPage));
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ExportButton what="products" />
          {role === 'ADMIN' && (
            <LinkButton href="/products/new" leftSection={<IconPlus size={17} aria-hidden />}>
              {t('new')}
            </LinkButton>
          )}
        </>
      }
    >
      <HydrateClient>
        <ProductsList />
      </HydrateClient>
    </Page>
  );
}
