import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { EditDefinition } from '@/features/modules/ui/edit-definition';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface EditModuleRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('definitions'))('edit') };
}

export default async function EditModuleRoute({ params }: EditModuleRouteProps) {
  const { id } = await params;
  const client = getQueryClient();
  const language = await getLocale();
  await Promise.all([
    client.prefetchQuery(trpc.modules.definitionForm.queryOptions({ language })),
    client.prefetchQuery(trpc.modules.definition.queryOptions({ id })),
  ]);
  return (
    <HydrateClient>
      <EditDefinition id={id} />
    </HydrateClient>
  );
}
