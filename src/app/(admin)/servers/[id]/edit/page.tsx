import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EditServer } from '@/features/servers/ui/edit-server';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface EditServerRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('serverPage'))('edit') };
}

export default async function EditServerRoute({ params }: EditServerRouteProps) {
  const { id } = await params;
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchQuery(trpc.servers.get.queryOptions({ id })),
    cache.prefetchQuery(trpc.groups.list.queryOptions({ search: undefined, sort: 'name', limit: 20 })),
  ]);
  return (
    <HydrateClient>
      <EditServer id={id} />
    </HydrateClient>
  );
}
