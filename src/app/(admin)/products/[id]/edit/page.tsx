import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ProductEdit } from '@/features/products/ui/product-edit';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface ProductRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('products'))('edit') };
}

export default async function EditProductRoute({ params }: ProductRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.products.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <ProductEdit id={id} />
    </HydrateClient>
  );
}
