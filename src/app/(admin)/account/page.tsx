import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '@/components/page';
import { Section } from '@/components/section';
import { TwoFactor } from '@/features/two-factor/ui/two-factor';
import { ChangePasswordForm } from '@/features/users/ui/change-password-form';
import { EndOtherSessions, Sessions } from '@/features/users/ui/sessions';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const t = await getTranslations('account');
  const { name } = await requireActor();
  const cache = getQueryClient();
  await Promise.all([
    cache.prefetchQuery(trpc.users.sessions.queryOptions({ userId: undefined })),
    cache.prefetchQuery(trpc.twoFactor.get.queryOptions()),
  ]);
  return (
    <Page title={t('title')} lead={name} narrow>
      <div className="space-y-5">
        <Section title={t('change')}>
          <p className="mb-4 text-sm text-ink-soft">{t('changeText')}</p>
          <ChangePasswordForm />
        </Section>
        <HydrateClient>
          <TwoFactor />
          <Section title={t('sessions')} aside={<EndOtherSessions />}>
            <Sessions />
          </Section>
        </HydrateClient>
      </div>
    </Page>
  );
}
