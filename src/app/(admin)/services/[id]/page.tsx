import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ServicePage } from '@/features/services/ui/service-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface ServiceRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('services'))('columns.service') };
}

export default async function ServiceRoute({ params }: ServiceRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.services.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <ServicePage id={id} />
    </HydrateClient>
  );
}
