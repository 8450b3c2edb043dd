import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { ApiKeysList } from '@/features/api-keys/ui/api-keys-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apiKeys'))('title') };
}

export default async function ApiKeysPage() {
  const t = await getTranslations('apiKeys');
  const { role } = await requireActor();
  await getQueryClient().prefetchInfiniteQuery(trpc.apiKeys.list.infiniteQueryOptions({}, nextPage));
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        role === 'ADMIN' && (
          <LinkButton href="/api-keys/new" leftSection={<IconPlus size={17} aria-hidden />}>
            {t('new')}
          </LinkButton>
        )
      }
    >
      <HydrateClient>
        <ApiKeysList />
      </HydrateClient>
    </Page>
  );
}
