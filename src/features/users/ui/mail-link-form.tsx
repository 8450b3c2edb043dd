'use client';

import { Button, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconMailCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

interface MailLinkFormProps {
  purpose: 'sign-in' | 'password';
  /** A path of this program. */
  returnTo: string;
}

/** Asks where to send a one-time link. The answer is the same whether or not anybody has this address. */
export function MailLinkForm({ purpose, returnTo }: MailLinkFormProps) {
  const t = useTranslations('mailLink');
  const trpc = useTRPC();
  const language = useLocale();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: isNotEmpty(t('emailMissing')) },
  });
  const focus = () => form.getInputNode('email')?.focus();
  const ask = useMutation(
    trpc.users.requestLink.mutationOptions({
      onError: (error) => {
        form.setErrors(errorsByPath(issuesOf(error)));
        focus();
      },
    }),
  );
  const back = (
    <p className="mt-6 text-sm">
      <Link
        href="/sign-in"
        className="rounded text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
      >
        {t('back')}
      </Link>
    </p>
  );
  if (ask.isSuccess) {
    return (
      <div role="status" data-tone="green">
        <span className="mb-5 grid size-11 place-items-center rounded-xl bg-tone-bg text-tone-fg">
          <IconMailCheck size={24} aria-hidden />
        </span>
        <h1 className="text-2xl font-semibold tracking-tight">{t('sent')}</h1>
        <p className="mt-2 text-sm text-ink-soft">
          {t('sentText', { email: ask.variables.email, minutes: ask.data.minutes })}
        </p>
        {back}
      </div>
    );
  }
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t(`${purpose}.title`)}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t(`${purpose}.lead`)}</p>
      <form
        noValidate
        onSubmit={form.onSubmit(({ email }) => ask.mutate({ email, purpose, returnTo, language }), focus)}
        className="space-y-4"
      >
        {ask.error && issuesOf(ask.error).length === 0 && <FormProblem title={t('failed')} text={ask.error.message} />}
        <TextInput
          label={t('email')}
          name="email"
          type="email"
          autoComplete="email"
          size="md"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Button type="submit" fullWidth size="md" loading={ask.isPending} className="mt-6">
          {t('submit')}
        </Button>
      </form>
      {back}
      {purpose === 'sign-in' && <p className="mt-3 text-[13px] text-ink-soft">{t('sign-in.staff')}</p>}
    </>
  );
}
