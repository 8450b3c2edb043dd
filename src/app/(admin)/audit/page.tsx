import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nextPage } from '@/components/next-page';
import { Page } from '@/components/page';
import { readText, type SearchParams } from '@/components/search-params';
import { AuditChain } from '@/features/audit/ui/audit-chain';
import { AuditExport } from '@/features/audit/ui/audit-export';
import { AUDIT_FILTERS, readAuditFilter } from '@/features/audit/ui/audit-filters';
import { AuditList } from '@/features/audit/ui/audit-list';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const t = await getTranslations('audit');
  const { role } = await requireActor();
  const params = await searchParams;
  const filter = readAuditFilter(Object.fromEntries(AUDIT_FILTERS.map((name) => [name, readText(params[name])])));
  const client = getQueryClient();
  await Promise.all([
    client.prefetchInfiniteQuery(trpc.audit.list.infiniteQueryOptions(filter, nextPage)),
    client.prefetchQuery(trpc.audit.chain.queryOptions()),
  ]);
  return (
    <Page title={t('title')} lead={t('lead')} actions={role === 'ADMIN' && <AuditExport />}>
      <HydrateClient>
        <AuditChain mayCheck={role === 'ADMIN'} />
        <AuditList />
      </HydrateClient>
    </Page>
  );
}
