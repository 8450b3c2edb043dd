import { IconUserPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { StaffList } from '@/features/users/ui/staff-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('title') };
}

export default async function StaffPage() {
  const t = await getTranslations('staff');
  const { role } = await requireActor();
  await getQueryClient().prefetchInfiniteQuery(trpc.users.list.infiniteQueryOptions({}, nextPage));
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        role === 'ADMIN' && (
          <LinkButton href="/staff/new" leftSection={<IconUserPlus size={17} aria-hidden />}>
            {t('invite')}
          </LinkButton>
        )
      }
    >
      <HydrateClient>
        <StaffList />
      </HydrateClient>
    </Page>
  );
}
