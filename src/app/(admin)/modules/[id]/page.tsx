import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { ModulePage } from '@/features/modules/ui/module-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface ModuleRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('modules'))('one') };
}

export default async function ModuleRoute({ params }: ModuleRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.modules.get.queryOptions({ id, language: await getLocale() }));
  return (
    <HydrateClient>
      <ModulePage id={id} />
    </HydrateClient>
  );
}
