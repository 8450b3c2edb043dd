import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { publicUrl } from '@/env';
import { ApiKeysList } from '@/features/api-keys/ui/api-keys-list';
import { SiteButton } from '@/features/sso/ui/site-button';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apiKeys'))('title') };
}

export default async function ApiKeysPage() {
  const t = await getTranslations('apiKeys');
  const site = await getTranslations('login.site');
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
        <div className="space-y-6">
          <ApiKeysList />
          <Section title={site('title')}>
            <SiteButton panelUrl={publicUrl()} />
          </Section>
        </div>
      </HydrateClient>
    </Page>
  );
}
