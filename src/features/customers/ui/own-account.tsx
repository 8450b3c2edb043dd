'use client';

import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailForward } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useChooseLocale } from '@/components/choose-locale';
import { ErrorPanel } from '@/components/error-panel';
import { FormProblem } from '@/components/form-problem';
import { Section } from '@/components/section';
import { ChangePasswordForm } from '@/features/users/ui/change-password-form';
import { LOCALES } from '@/i18n/locales';
import { useTRPC } from '@/trpc/client';

/** Language and password of the customer who is signed in. */
export function OwnAccount() {
  const t = useTranslations('ownAccount');
  const trpc = useTRPC();
  const { data, error, isError, refetch } = useQuery(trpc.customers.mine.queryOptions());
  if (isError) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={260} radius="lg" />;
  return (
    <>
      <Section title={t('language')}>
        <p className="mb-4 text-sm text-ink-soft">{t('languageText')}</p>
        <Language stored={data.language} />
      </Section>
      <Section title={t('password')}>
        {data.hasPassword ? (
          <>
            <p className="mb-4 text-sm text-ink-soft">{t('passwordText')}</p>
            <ChangePasswordForm />
          </>
        ) : (
          <FirstPassword email={data.email} />
        )}
      </Section>
    </>
  );
}

/** One choice for the pages and the mails. */
function Language({ stored }: { stored: (typeof LOCALES)[number] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const { choose, pending } = useChooseLocale();
  const save = useMutation(
    trpc.customers.setOwnLanguage.mutationOptions({
      onSuccess: async (_answer, { language }) => {
        choose(language);
        await cache.invalidateQueries({ queryKey: trpc.customers.mine.pathKey() });
      },
    }),
  );
  const pick = (value: string) => {
    const language = LOCALES.find((known) => known === value);
    if (language) save.mutate({ language });
  };
  return (
    <>
      {save.error && <FormProblem title={t('ownAccount.notSaved')} text={save.error.message} />}
      <SegmentedControl
        aria-label={t('ownAccount.language')}
        value={save.variables?.language ?? stored}
        onChange={pick}
        disabled={save.isPending || pending}
        data={LOCALES.map((value) => ({ value, label: t(`locales.${value}`) }))}
      />
    </>
  );
}

/** Who came by a mailed link chooses a first password the same way. */
function FirstPassword({ email }: { email: string }) {
  const t = useTranslations('ownAccount');
  const trpc = useTRPC();
  const language = useLocale();
  const ask = useMutation(
    trpc.users.requestLink.mutationOptions({
      onSuccess: () => notifications.show({ message: t('linkSent', { email }), color: 'teal' }),
    }),
  );
  return (
    <div className="space-y-4">
      {ask.error && <FormProblem title={t('linkNotSent')} text={ask.error.message} />}
      <p className="text-sm text-ink-soft">{t('noPassword')}</p>
      <Button
        variant="default"
        leftSection={<IconMailForward size={17} aria-hidden />}
        loading={ask.isPending}
        disabled={ask.isSuccess}
        onClick={() => ask.mutate({ email, purpose: 'password', language })}
      >
        {t('sendLink')}
      </Button>
    </div>
  );
}
