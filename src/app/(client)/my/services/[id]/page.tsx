import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { MyServicePage } from '@/features/services/ui/my-service-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface MyServiceRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('services'))('columns.service') };
}

export default async function MyServiceRoute({ params }: MyServiceRouteProps) {
  const { id } = await params;
  const language = (await getLocale()) === 'tr' ? 'tr' : 'en';
  await getQueryClient().prefetchQuery(trpc.my.service.queryOptions({ id, language }));
  return (
    <HydrateClient>
      <MyServicePage id={id} />
    </HydrateClient>
  );
}
