import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GroupPage } from '@/features/groups/ui/group-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface GroupRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('groups'))('columns.group') };
}

export default async function GroupRoute({ params }: GroupRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.groups.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <GroupPage id={id} />
    </HydrateClient>
  );
}
