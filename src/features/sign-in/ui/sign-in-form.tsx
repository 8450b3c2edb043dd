'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** Words for the codes that a refused sign-in comes back with. */
const ERROR_TEXTS: Record<string, 'wrong' | 'tooMany' | 'disabled' | 'unreachable' | 'failed' | 'ended'> = {
  CredentialsSignin: 'wrong',
  RateLimited: 'tooMany',
  Unavailable: 'failed',
  SessionRequired: 'ended',
};

interface SignInFormProps {
  /** A path of this program. */
  returnTo: string;
  initialError: string | null;
}

export function SignInForm({ returnTo, initialError }: SignInFormProps) {
  const t = useTranslations('signIn');
  const router = useRouter();
  const [problem, setProblem] = useState(initialError && (ERROR_TEXTS[initialError] ?? 'failed'));
  const [busy, setBusy] = useState(false);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: { email: isNotEmpty(t('emailMissing')), password: isNotEmpty(t('passwordMissing')) },
  });

  async function submit(values: { email: string; password: string }) {
    setBusy(true);
    setProblem(null);
    // signIn throws only when the program cannot be reached; everything else is an error code in its answer.
    const answer = await signIn('credentials', { ...values, redirect: false }).catch(() => null);
    if (answer?.ok && !answer.error) {
      router.replace(returnTo);
      router.refresh();
      return;
    }
    setBusy(false);
    setProblem(answer ? (ERROR_TEXTS[answer.error ?? ''] ?? 'failed') : 'unreachable');
    form.getInputNode('password')?.focus();
  }

  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t('lead')}</p>
      <form
        // Posted only when the page's script has not loaded; the password then stays out of the address.
        method="post"
        noValidate
        onSubmit={form.onSubmit(submit, (errors) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus())}
        className="space-y-4"
      >
        {problem && (
          <div data-tone="red" role="alert" className="flex gap-2.5 rounded-lg bg-tone-bg p-3 text-sm text-tone-fg">
            <IconAlertCircle size={18} aria-hidden className="mt-px shrink-0" />
            {t(problem)}
          </div>
        )}
        <TextInput
          label={t('email')}
          name="email"
          type="email"
          autoComplete="username"
          size="md"
          autoFocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          size="md"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth size="md" loading={busy} className="mt-6">
          {t('submit')}
        </Button>
      </form>
    </>
  );
}
