import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { ConnectButton } from '@/features/modules/ui/connect-button';
import { ModulesList } from '@/features/modules/ui/modules-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('modules'))('title') };
}

export default async function ModulesPage() {
  const t = await getTranslations('modules');
  const language = await getLocale();
  const { role } = await requireActor();
  await getQueryClient().prefetchQuery(trpc.modules.list.queryOptions({ limit: 100, language }));
  return (
    <Page title={t('title')} lead={t('lead')} actions={role === 'ADMIN' && <ConnectButton />}>
      <HydrateClient>
        <ModulesList />
      </HydrateClient>
    </Page>
  );
}
