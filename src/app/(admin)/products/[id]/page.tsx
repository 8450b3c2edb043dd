import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { ProductPage } from '@/features/products/ui/product-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface ProductRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('products'))('columns.product') };
}

export default async function ProductRoute({ params }: ProductRouteProps) {
  const { id } = await params;
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchQuery(trpc.products.get.queryOptions({ id })),
    cache.prefetchInfiniteQuery(trpc.services.list.infiniteQueryOptions({ productId: id, limit: 20 }, nextPage)),
    cache.prefetchQuery(trpc.placement.preview.queryOptions({ productId: id, count: 10 })),
  ]);
  return (
    <HydrateClient>
      <ProductPage id={id} />
    </HydrateClient>
  );
}
