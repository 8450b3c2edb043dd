import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { readLanguage, readTemplate } from '@/features/emails/ui/template-filters';
import { TemplatesPage } from '@/features/emails/ui/templates-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('emails'))('templatesTitle') };
}

export default async function TemplatesRoute({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('emails');
  const { template, language } = await searchParams;
  const chosen = { template: readTemplate(readText(template)), language: readLanguage(readText(language)) };
  await Promise.all([
    getQueryClient().prefetchQuery(trpc.emails.templates.queryOptions()),
    getQueryClient().prefetchQuery(trpc.emails.previewTemplate.queryOptions(chosen)),
  ]);
  return (
    <Page title={t('templatesTitle')} lead={t('templatesLead')} back={{ href: '/emails', label: t('back') }}>
      <HydrateClient>
        <TemplatesPage />
      </HydrateClient>
    </Page>
  );
}
