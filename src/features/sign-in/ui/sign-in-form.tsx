'use client';

import { Button, PasswordInput, TextInput, type TextInputProps } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** Words for the codes that a refused sign-in comes back with. */
const ERROR_TEXTS: Record<string, 'wrong' | 'codeWrong' | 'tooMany' | 'disabled' | 'unreachable' | 'failed' | 'ended'> =
  {
    CredentialsSignin: 'wrong',
    CodeWrong: 'codeWrong',
    RateLimited: 'tooMany',
    Unavailable: 'failed',
    SessionRequired: 'ended',
  };

interface SignInFormProps {
  /** A path of this program. */
  returnTo: string;
  initialError: string | null;
}

interface Values {
  email: string;
  password: string;
  code: string;
}

/** E-mail and password; then, for those who have one, the code of the second factor. */
export function SignInForm({ returnTo, initialError }: SignInFormProps) {
  const t = useTranslations('signIn');
  const router = useRouter();
  const [problem, setProblem] = useState(initialError && (ERROR_TEXTS[initialError] ?? 'failed'));
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const form = useForm<Values>({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: isNotEmpty(t('emailMissing')),
      password: isNotEmpty(t('passwordMissing')),
      code: asksCode ? isNotEmpty(t('codeMissing')) : () => null,
    },
  });

  async function submit({ code, ...credentials }: Values) {
    setBusy(true);
    setProblem(null);
    const values = asksCode ? { ...credentials, code } : credentials;
    // signIn throws only when the program cannot be reached; everything else is an error code in its answer.
    const answer = await signIn('credentials', { ...values, redirect: false }).catch(() => null);
    if (answer?.ok && !answer.error) {
      router.replace(returnTo);
      router.refresh();
      return;
    }
    setBusy(false);
    if (answer?.error === 'CodeNeeded') {
      setAsksCode(true);
      return;
    }
    setProblem(answer ? (ERROR_TEXTS[answer.error ?? ''] ?? 'failed') : 'unreachable');
    form.getInputNode(asksCode ? 'code' : 'password')?.focus();
  }

  const again = () => {
    form.setFieldValue('code', '');
    setProblem(null);
    setAsksCode(false);
  };
  const field = (name: keyof Values) =>
    ({ name, size: 'md', key: form.key(name), ...form.getInputProps(name) }) as const;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{asksCode ? t('codeTitle') : t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{asksCode ? t('codeLead') : t('lead')}</p>
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
        {asksCode ? (
          <CodeInput {...field('code')} />
        ) : (
          <>
            <TextInput label={t('email')} type="email" autoComplete="username" autoFocus {...field('email')} />
            <PasswordInput label={t('password')} autoComplete="current-password" {...field('password')} />
          </>
        )}
        <Button type="submit" fullWidth size="md" loading={busy} className="mt-6">
          {t('submit')}
        </Button>
        {asksCode && (
          <Button variant="subtle" fullWidth onClick={again}>
            {t('otherAccount')}
          </Button>
        )}
      </form>
    </>
  );
}

/** Digits, but also the letters of a recovery code. */
function CodeInput(props: TextInputProps) {
  const t = useTranslations('signIn');
  return (
    <TextInput
      label={t('code')}
      description={t('codeHelp')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus
      {...props}
    />
  );
}
