import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { CustomerPage } from '@/features/customers/ui/customer-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface CustomerRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('customers'))('columns.customer') };
}

export default async function CustomerRoute({ params }: CustomerRouteProps) {
  const { id } = await params;
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchQuery(trpc.customers.get.queryOptions({ id })),
    cache.prefetchInfiniteQuery(trpc.services.list.infiniteQueryOptions({ customerId: id, limit: 20 }, nextPage)),
    cache.prefetchQuery(trpc.emails.list.queryOptions({ customerId: id, limit: 10 })),
  ]);
  return (
    <HydrateClient>
      <CustomerPage id={id} />
    </HydrateClient>
  );
}
