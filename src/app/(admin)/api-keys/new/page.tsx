import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { publicUrl } from '@/env';
import { NewApiKey } from '@/features/api-keys/ui/new-api-key';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apiKeys'))('new') };
}

export default async function NewApiKeyPage() {
  const t = await getTranslations('apiKeys');
  return (
    <Page title={t('new')} lead={t('newLead')} back={{ href: '/api-keys', label: t('title') }} narrow>
      <NewApiKey panelUrl={publicUrl()} />
    </Page>
  );
}
