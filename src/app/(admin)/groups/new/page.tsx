import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { GroupForm } from '@/features/groups/ui/group-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('groups'))('new') };
}

export default async function NewGroupPage() {
  const t = await getTranslations('groups');
  return (
    <Page title={t('new')} back={{ href: '/groups', label: t('title') }} narrow>
      <GroupForm />
    </Page>
  );
}
