import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { CustomerForm } from '@/features/customers/ui/customer-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('customers'))('new') };
}

export default async function NewCustomerPage() {
  const t = await getTranslations('customers');
  return (
    <Page title={t('new')} lead={t('newLead')} back={{ href: '/customers', label: t('title') }} narrow>
      <CustomerForm />
    </Page>
  );
}
