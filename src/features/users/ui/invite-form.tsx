'use client';

import { Button, Radio, TextInput } from '@mantine/core';
import { isNotEmpty, matches, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { useTRPC } from '@/trpc/client';
import { STAFF_ROLES } from '../choices';
import { PasswordLink } from './password-link';

export function InviteForm() {
  const t = useTranslations('staff');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const form = useForm<{ name: string; email: string; role: (typeof STAFF_ROLES)[number] }>({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', role: 'SUPPORT' },
    validate: { name: isNotEmpty(t('nameMissing')), email: matches(/^\s*\S+@\S+\s*$/, t('emailInvalid')) },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const invite = useMutation(
    trpc.users.invite.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.users.pathKey() }),
      onError: (error) => {
        const errors = errorsByPath(issuesOf(error));
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  useUnsavedGuard(form.isDirty() && !invite.isSuccess);
  if (invite.isSuccess) {
    return (
      <Section title={invite.data.mailed ? t('mailedTitle') : t('linkTitle')}>
        {invite.data.mailed ? (
          <p className="text-sm">{t('mailedText', { name: invite.variables.name, email: invite.variables.email })}</p>
        ) : (
          <PasswordLink {...invite.data} name={invite.variables.name} />
        )}
        <div className="mt-6 flex justify-end">
          <LinkButton href="/staff">{invite.data.mailed ? t('mailedDone') : t('linkDone')}</LinkButton>
        </div>
      </Section>
    );
  }
  return (
    <Section>
      <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values), focusFirst)} className="space-y-5">
        {invite.isError && issuesOf(invite.error).length === 0 && (
          <FormProblem title={t('notInvited')} text={invite.error.message} />
        )}
        <TextInput
          label={t('columns.name')}
          autoComplete="off"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('email')}
          description={t('emailHelp')}
          type="email"
          autoComplete="off"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Radio.Group label={t('columns.role')} key={form.key('role')} {...form.getInputProps('role')}>
          <div className="mt-2 space-y-3">
            {STAFF_ROLES.map((role) => (
              <Radio key={role} value={role} label={t(`roles.${role}`)} description={t(`roleHelp.${role}`)} />
            ))}
          </div>
        </Radio.Group>
        <div className="flex justify-end gap-2 border-t border-line pt-5">
          <LinkButton href="/staff" variant="default">
            {actions('cancel')}
          </LinkButton>
          <Button type="submit" loading={invite.isPending}>
            {t('sendInvitation')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
