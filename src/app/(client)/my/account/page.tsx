import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { OwnAccount } from '@/features/customers/ui/own-account';
import { EndOtherSessions, Sessions } from '@/features/users/ui/sessions';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('ownAccount'))('title') };
}

export default async function OwnAccountPage() {
  const t = await getTranslations();
  const { name } = await requireActor();
  await Promise.all([
    getQueryClient().prefetchQuery(trpc.customers.mine.queryOptions()),
    getQueryClient().prefetchQuery(trpc.users.sessions.queryOptions({ userId: undefined })),
  ]);
  return (
    <Page title={t('ownAccount.title')} lead={name} back={{ href: '/my', label: t('client.title') }} narrow>
      <HydrateClient>
        <div className="space-y-5">
          <OwnAccount />
          <Section title={t('account.sessions')} aside={<EndOtherSessions />}>
            <Sessions />
          </Section>
        </div>
      </HydrateClient>
    </Page>
  );
}
