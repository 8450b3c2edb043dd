import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readNameSort } from '@/components/read-name-sort';
import { readText, type SearchParams } from '@/components/search-params';
import { CustomersList } from '@/features/customers/ui/customers-list';
import { ExportButton } from '@/features/lists/ui/export-button';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('customers'))('title') };
}

export default async function CustomersPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('customers');
  const { search, sort } = await searchParams;
  const { role } = await requireActor();
  await getQueryClient().prefetchInfiniteQuery(
    trpc.customers.list.infiniteQueryOptions(
      { search: readText(search), sort: readNameSort(readText(sort)) },
      nextPage,
    ),
  );
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <ExportButton what="customers" />
          {role === 'ADMIN' && (
            <LinkButton href="/customers/new" leftSection={<IconPlus size={17} aria-hidden />}>
              {t('new')}
            </LinkButton>
          )}
        </>
      }
    >
      <HydrateClient>
        <CustomersList />
      </HydrateClient>
    </Page>
  );
}
