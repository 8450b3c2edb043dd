import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { ModulesList } from '@/features/modules/ui/modules-list';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('modules'))('title') };
}

export default async function ModulesPage() {
  const t = await getTranslations('modules');
  const language = await getLocale();
  await getQueryClient().prefetchQuery(trpc.modules.list.queryOptions({ limit: 100, language }));
  return (
    <Page title={t('title')} lead={t('lead')}>
      <HydrateClient>
        <ModulesList />
      </HydrateClient>
    </Page>
  );
}
