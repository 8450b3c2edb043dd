'use client';

import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMailForward } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Explanation } from '@/components/explanation';
import { FactList } from '@/components/fact-list';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { MailServerFacts, TestMailResult } from '../schema';

/** Where mails are handed over, and whether they arrive. */
export function MailServer({ mailServer }: { mailServer: MailServerFacts }) {
  const t = useTranslations('settings');
  const { configured, host, encryption, from } = mailServer;
  return (
    <Section
      title={t('mailServer')}
      aside={<Tag tone={configured ? 'green' : 'amber'} label={configured ? t('configured') : t('notConfigured')} />}
    >
      {configured ? (
        <>
          <FactList
            facts={[
              { label: t('mailHost'), value: host },
              encryption && { label: t('encryption'), value: t(`encryptions.${encryption}`) },
              { label: t('from'), value: from },
            ]}
          />
          <TestMail />
        </>
      ) : (
        <p className="text-sm text-ink-soft">{t('notConfiguredText')}</p>
      )}
    </Section>
  );
}

function TestMail() {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const form = useForm({ mode: 'uncontrolled', initialValues: { to: '' } });
  const test = useMutation(
    trpc.settings.sendTestMail.mutationOptions({
      onError: (error) => form.setErrors(errorsByPath(issuesOf(error))),
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => test.mutate({ to: values.to.trim() }))}
      className="mt-5 space-y-3 border-t border-line pt-4"
    >
      <TextInput
        label={t('testTo')}
        type="email"
        autoComplete="email"
        key={form.key('to')}
        {...form.getInputProps('to')}
      />
      <Button
        type="submit"
        variant="default"
        loading={test.isPending}
        leftSection={<IconMailForward size={16} aria-hidden />}
      >
        {t('testSend')}
      </Button>
      <div aria-live="polite">
        {test.isSuccess && <TestResult result={test.data} />}
        {test.isError && issuesOf(test.error).length === 0 && (
          <FormProblem title={t('testNot')} text={test.error.message} />
        )}
      </div>
    </form>
  );
}

function TestResult({ result }: { result: TestMailResult }) {
  const t = useTranslations('settings');
  const { outcome, words, to, seconds } = result;
  return (
    <Explanation
      tone={outcome === 'sent' ? 'green' : outcome === 'refused' ? 'red' : 'amber'}
      title={t(`testOutcomes.${outcome}.title`, { to })}
      meaning={t(`testOutcomes.${outcome}.meaning`, { seconds })}
      next={t(`testOutcomes.${outcome}.next`)}
      details={words}
    />
  );
}
