import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { OrderForm } from '@/features/services/ui/order-form';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('newService'))('title') };
}

interface NewServicePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `?customer=` and `?product=` choose from the start; what there is no more of is left open. */
export default async function NewServicePage({ searchParams }: NewServicePageProps) {
  const { customer, product } = await searchParams;
  const t = await getTranslations('newService');
  const services = await getTranslations('services');
  const cache = getQueryClient();
  const [chosenCustomer, chosenProduct] = await Promise.all([
    typeof customer === 'string'
      ? cache.fetchQuery(trpc.customers.get.queryOptions({ id: customer })).catch(() => null)
      : null,
    typeof product === 'string'
      ? cache.fetchQuery(trpc.products.get.queryOptions({ id: product })).catch(() => null)
      : null,
    cache.prefetchQuery(
      trpc.products.list.queryOptions({ isActive: true, search: undefined, sort: 'name', limit: 20 }),
    ),
    cache.prefetchQuery(trpc.customers.list.queryOptions({ search: undefined, limit: 20 })),
  ]);
  return (
    <Page title={t('title')} lead={t('lead')} back={{ href: '/services', label: services('title') }} narrow>
      <HydrateClient>
        <OrderForm customer={chosenCustomer} product={chosenProduct?.isActive ? chosenProduct : null} />
      </HydrateClient>
    </Page>
  );
}
