import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { EmailsList } from '@/features/emails/ui/emails-list';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('emails'))('title') };
}

export default async function EmailsPage() {
  const t = await getTranslations('emails');
  await getQueryClient().prefetchInfiniteQuery(trpc.emails.list.infiniteQueryOptions({}, nextPage));
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <EmailsList />
      </HydrateClient>
    </Page>
  );
}
