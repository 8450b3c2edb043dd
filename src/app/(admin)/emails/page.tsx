import { IconTemplate } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { readEmailState } from '@/features/emails/ui/email-filters';
import { EmailsList } from '@/features/emails/ui/emails-list';
import { ExportButton } from '@/features/lists/ui/export-button';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('emails'))('title') };
}

export default async function EmailsPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('emails');
  const { search, state } = await searchParams;
  const filter = { search: readText(search), state: readEmailState(readText(state)) };
  await getQueryClient().prefetchInfiniteQuery(trpc.emails.list.infiniteQueryOptions(filter, nextPage));
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ExportButton what="emails" />
          <LinkButton href="/emails/templates" variant="default" leftSection={<IconTemplate size={17} aria-hidden />}>
            {t('templatesTitle')}
          </LinkButton>
        </>
      }
    >
      <HydrateClient>
        <EmailsList />
      </HydrateClient>
    </Page>
  );
}
