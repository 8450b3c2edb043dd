import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { InviteForm } from '@/features/users/ui/invite-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('staff'))('invite') };
}

export default async function InvitePage() {
  const t = await getTranslations('staff');
  return (
    <Page title={t('invite')} lead={t('inviteLead')} back={{ href: '/staff', label: t('title') }} narrow>
      <InviteForm />
    </Page>
  );
}
