import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ServerPage } from '@/features/servers/ui/server-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface ServerRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('servers'))('columns.server') };
}

export default async function ServerRoute({ params }: ServerRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.servers.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <ServerPage id={id} />
    </HydrateClient>
  );
}
