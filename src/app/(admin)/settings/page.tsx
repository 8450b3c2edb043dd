import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { SettingsPage } from '@/features/settings/ui/settings-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

export default async function SettingsRoute() {
  const t = await getTranslations('settings');
  await getQueryClient().prefetchQuery(trpc.settings.get.queryOptions());
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <SettingsPage />
      </HydrateClient>
    </Page>
  );
}
