'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { hasLength, isNotEmpty, matches, useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

export function SetupForm() {
  const t = useTranslations('setup');
  const trpc = useTRPC();
  const router = useRouter();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '', name: '', email: '', password: '' },
    validate: {
      code: isNotEmpty(t('codeMissing')),
      name: isNotEmpty(t('nameMissing')),
      email: matches(/^\s*\S+@\S+\s*$/, t('emailInvalid')),
      password: hasLength({ min: 12 }, t('passwordShort')),
    },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const create = useMutation(
    trpc.users.createFirstAdmin.mutationOptions({
      onSuccess: async (_created, { email, password }) => {
        // The account exists now; when signing in straight away does not work, the sign-in page is the next step.
        const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => null);
        router.replace(answer?.ok && !answer.error ? '/' : '/sign-in');
        router.refresh();
      },
      onError: (error) => {
        const errors = errorsByPath(issuesOf(error));
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  const busy = create.isPending || create.isSuccess;

  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t('lead')}</p>
      <form
        method="post"
        noValidate
        onSubmit={form.onSubmit((values) => create.mutate(values), focusFirst)}
        className="space-y-4"
      >
        {create.isError && issuesOf(create.error).length === 0 && (
          <FormProblem title={t('failed')} text={create.error.message} />
        )}
        <TextInput
          label={t('code')}
          description={t('codeHelp')}
          autoComplete="off"
          spellCheck={false}
          size="md"
          autoFocus
          key={form.key('code')}
          {...form.getInputProps('code')}
        />
        <TextInput
          label={t('name')}
          autoComplete="name"
          size="md"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          size="md"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('password')}
          description={t('passwordHelp')}
          autoComplete="new-password"
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
