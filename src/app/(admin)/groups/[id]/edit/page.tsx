import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { GroupEdit } from '@/features/groups/ui/group-edit';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface EditGroupRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('groups'))('editTitle') };
}

export default async function EditGroupRoute({ params }: EditGroupRouteProps) {
  const { id } = await params;
  const t = await getTranslations('groups');
  await getQueryClient().prefetchQuery(trpc.groups.get.queryOptions({ id }));
  return (
    <Page title={t('editTitle')} back={{ href: `/groups/${id}`, label: t('columns.group') }} narrow>
      <HydrateClient>
        <GroupEdit id={id} />
      </HydrateClient>
    </Page>
  );
}
