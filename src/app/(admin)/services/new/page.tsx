import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { OrderForm } from '@/features/services/ui/order-form';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('newService'))('title') };
}

export default async function NewServicePage() {
  const t = await getTranslations('newService');
  const services = await getTranslations('services');
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchQuery(trpc.products.list.queryOptions({ isActive: true, limit: 100 })),
    cache.prefetchQuery(trpc.customers.list.queryOptions({ search: undefined, limit: 20 })),
  ]);
  return (
    <Page title={t('title')} lead={t('lead')} back={{ href: '/services', label: services('title') }} narrow>
      <HydrateClient>
        <OrderForm />
      </HydrateClient>
    </Page>
  );
}
