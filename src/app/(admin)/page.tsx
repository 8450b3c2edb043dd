import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { Dashboard } from '@/features/dashboard/ui/dashboard';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('title') };
}

// The layout has asked for the figures already: its navigation counts open problems with them.
export default async function DashboardPage() {
  const t = await getTranslations('dashboard');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <LinkButton href="/services/new" leftSection={<IconPlus size={17} aria-hidden />}>
          {t('newService')}
        </LinkButton>
      }
    >
      <Dashboard />
    </Page>
  );
}
