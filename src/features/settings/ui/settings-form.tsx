'use client';

import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FieldIssue, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { LOCALES } from '@/i18n/locales';
import { useTRPC } from '@/trpc/client';
import type { Settings } from '../schema';

/** The settings kept in the database. */
export function SettingsForm({ values }: { values: Settings }) {
  const t = useTranslations('settings');
  const locales = useTranslations('locales');
  const form = useForm({ mode: 'uncontrolled', initialValues: toFields(values) });
  const save = useSave((issues) => {
    const errors = errorsOf(issues);
    form.setErrors(errors);
    form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  });
  useUnsavedGuard(form.isDirty() && !save.isPending);
  const submit = form.onSubmit((fields) =>
    save.mutate(toSettings(fields), { onSuccess: () => form.resetDirty(form.getValues()) }),
  );
  const field = (name: keyof Fields) => ({ key: form.key(name), ...form.getInputProps(name) });
  return (
    <Section>
      <form noValidate onSubmit={submit} className="space-y-5">
        {save.error && issuesOf(save.error).length === 0 && (
          <FormProblem title={t('notSaved')} text={save.error.message} />
        )}
        <TextInput label={t('companyName')} description={t('companyNameHelp')} {...field('companyName')} />
        <TextInput label={t('mailFromName')} description={t('mailFromNameHelp')} {...field('mailFromName')} />
        <TagsInput
          label={t('staffEmail')}
          description={t('staffEmailHelp')}
          splitChars={[',', ';', ' ']}
          acceptValueOnBlur
          {...field('staffEmail')}
        />
        <TextInput
          label={t('supportEmail')}
          description={t('supportEmailHelp')}
          type="email"
          {...field('supportEmail')}
        />
        <TextInput label={t('supportUrl')} description={t('supportUrlHelp')} type="url" {...field('supportUrl')} />
        <Select
          label={t('defaultLanguage')}
          description={t('defaultLanguageHelp')}
          allowDeselect={false}
          data={LOCALES.map((value) => ({ value, label: locales(value) }))}
          {...field('defaultLanguage')}
        />
        <Switch
          label={t('requireTwoFactor')}
          description={t('requireTwoFactorHelp')}
          key={form.key('requireTwoFactor')}
          {...form.getInputProps('requireTwoFactor', { type: 'checkbox' })}
        />
        <Switch
          label={t('usageMails')}
          description={t('usageMailsHelp')}
          key={form.key('usageMails')}
          {...form.getInputProps('usageMails', { type: 'checkbox' })}
        />
        <div className="flex justify-end border-t border-line pt-5">
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** Fields hold texts; "not set" is an empty one. */
type Fields = { [Key in keyof Settings]: null extends Settings[Key] ? string : Settings[Key] };

function toFields(values: Settings): Fields {
  const { supportEmail, supportUrl, mailFromName } = values;
  return {
    ...values,
    supportEmail: supportEmail ?? '',
    supportUrl: supportUrl ?? '',
    mailFromName: mailFromName ?? '',
  };
}

function toSettings(fields: Fields): Settings {
  const optional = (text: string) => text.trim() || null;
  return {
    ...fields,
    // What was pasted or typed in one go may hold several.
    staffEmail: fields.staffEmail.flatMap((entry) => entry.split(/[\s,;]+/)).filter((address) => address !== ''),
    supportEmail: optional(fields.supportEmail),
    supportUrl: optional(fields.supportUrl),
    mailFromName: optional(fields.mailFromName),
  };
}

/** An issue with one entry of a list belongs to the field of the list. */
function errorsOf(issues: readonly FieldIssue[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[String(path[0])] ??= message;
  return errors;
}

function useSave(onIssues: (issues: FieldIssue[]) => void) {
  const t = useTranslations('settings');
  const trpc = useTRPC();
  const cache = useQueryClient();
  return useMutation(
    trpc.settings.update.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('saved'), color: 'teal' });
        await cache.invalidateQueries();
      },
      onError: (error) => onIssues(issuesOf(error)),
    }),
  );
}
