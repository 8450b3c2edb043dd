import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readNameSort } from '@/components/read-name-sort';
import { readText, type SearchParams } from '@/components/search-params';
import { GroupsList } from '@/features/groups/ui/groups-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('groups'))('title') };
}

export default async function GroupsPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('groups');
  const { search, sort } = await searchParams;
  const { role } = await requireActor();
  await getQueryClient().prefetchInfiniteQuery(
    trpc.groups.list.infiniteQueryOptions({ search: readText(search), sort: readNameSort(readText(sort)) }, nextPage),
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        role === 'ADMIN' && (
          <LinkButton href="/groups/new" leftSection={<IconPlus size={17} aria-hidden />}>
            {t('new')}
          </LinkButton>
        )
      }
    >
      <HydrateClient>
        <GroupsList />
      </HydrateClient>
    </Page>
  );
}
