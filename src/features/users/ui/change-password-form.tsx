'use client';

import { Button, PasswordInput } from '@mantine/core';
import { hasLength, isNotEmpty, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

export function ChangePasswordForm() {
  const t = useTranslations('account');
  const trpc = useTRPC();
  const router = useRouter();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '' },
    validate: { current: isNotEmpty(t('currentMissing')), password: hasLength({ min: 12 }, t('tooShort')) },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const change = useMutation(
    trpc.users.changePassword.mutationOptions({
      onSuccess: async ({ email }, { password }) => {
        form.reset();
        // Every session has ended, this one too: this browser gets a new one straight away.
        const answer = await signIn('credentials', { email, password, redirect: false }).catch(() => null);
        if (answer?.ok && !answer.error) notifications.show({ message: t('changed'), color: 'teal' });
        else router.replace('/sign-in');
        router.refresh();
      },
      onError: (error) => {
        const errors = errorsByPath(issuesOf(error));
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  return (
    <form
      method="post"
      noValidate
      onSubmit={form.onSubmit((values) => change.mutate(values), focusFirst)}
      className="space-y-4"
    >
      {change.isError && issuesOf(change.error).length === 0 && (
        <FormProblem title={t('notChanged')} text={change.error.message} />
      )}
      <PasswordInput
        label={t('current')}
        autoComplete="current-password"
        key={form.key('current')}
        {...form.getInputProps('current')}
      />
      <PasswordInput
        label={t('new')}
        description={t('newHelp')}
        autoComplete="new-password"
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
      <div className="flex justify-end">
        <Button type="submit" loading={change.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
