'use client';

import { Button, PasswordInput } from '@mantine/core';
import { hasLength, useForm } from '@mantine/form';
import { useHash } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

/** The code stands behind the # of the address, which browsers send to no server. */
export function SetPasswordForm() {
  const t = useTranslations('setPassword');
  const trpc = useTRPC();
  const router = useRouter();
  const [hash] = useHash();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: hasLength({ min: 12 }, t('tooShort')) },
  });
  const focusFirst = () => form.getInputNode('password')?.focus();
  const set = useMutation(
    trpc.users.setPassword.mutationOptions({
      onSuccess: async ({ email }, { password }) => {
        const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => null);
        router.replace(answer?.ok && !answer.error ? '/' : '/sign-in');
        router.refresh();
      },
      onError: (error) => {
        form.setErrors(errorsByPath(issuesOf(error)));
        focusFirst();
      },
    }),
  );
  const problem = set.error && (errorsByPath(issuesOf(set.error)).code ?? set.error.message);
  const onField = set.error && errorsByPath(issuesOf(set.error)).password;
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t('lead')}</p>
      <form
        method="post"
        noValidate
        onSubmit={form.onSubmit(({ password }) => set.mutate({ code: hash.replace(/^#/, ''), password }), focusFirst)}
        className="space-y-4"
      >
        {problem && !onField && <FormProblem title={t('failed')} text={problem} />}
        <PasswordInput
          label={t('password')}
          description={t('passwordHelp')}
          autoComplete="new-password"
          size="md"
          autoFocus
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth size="md" loading={set.isPending || set.isSuccess}>
          {t('submit')}
        </Button>
      </form>
    </>
  );
}
