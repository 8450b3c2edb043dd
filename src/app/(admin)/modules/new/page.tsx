import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { NewDefinition } from '@/features/modules/ui/new-definition';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('definitions'))('new') };
}

export default async function NewModulePage() {
  const t = await getTranslations('definitions');
  const client = getQueryClient();
  const language = await getLocale();
  await Promise.all([
    client.prefetchQuery(trpc.modules.definitionForm.queryOptions({ language })),
    client.prefetchQuery(trpc.modules.readyDefinitions.queryOptions({ language })),
  ]);
  return (
    <Page title={t('new')} lead={t('newLead')} back={{ href: '/modules', label: t('modules') }}>
      <HydrateClient>
        <NewDefinition />
      </HydrateClient>
    </Page>
  );
}
