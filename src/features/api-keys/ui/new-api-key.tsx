'use client';

import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { useTRPC } from '@/trpc/client';
import { SCOPES, type Scope } from '../permissions';
import { MadeKey } from './made-key';

const DAYS = ['30', '90', '365', 'null'] as const;

interface Values {
  name: string;
  scopes: Scope[];
  days: (typeof DAYS)[number];
}

/** Which program, what it may do, for how long; then the key, once. */
export function NewApiKey({ panelUrl }: { panelUrl: string }) {
  const t = useTranslations('apiKeys');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const form = useForm<Values>({
    mode: 'uncontrolled',
    initialValues: { name: '', scopes: [], days: '365' },
    validate: {
      name: isNotEmpty(t('nameMissing')),
      scopes: (scopes) => (scopes.length === 0 ? t('scopesMissing') : null),
    },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.apiKeys.pathKey() }),
      onError: (error) => {
        const errors = errorsByPath(issuesOf(error));
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  useUnsavedGuard(form.isDirty() && !create.isSuccess);
  if (create.isSuccess) return <MadeKey value={create.data.key} panelUrl={panelUrl} scopes={create.variables.scopes} />;
  const submit = form.onSubmit(
    ({ name, scopes, days }) => create.mutate({ name, scopes, expiresInDays: days === 'null' ? null : Number(days) }),
    focusFirst,
  );
  return (
    <Section>
      <form noValidate onSubmit={submit} className="space-y-6">
        {create.isError && issuesOf(create.error).length === 0 && (
          <FormProblem title={t('notMade')} text={create.error.message} />
        )}
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          autoComplete="off"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={t('scopes')} key={form.key('scopes')} {...form.getInputProps('scopes')}>
          <ScopeChoices />
        </Checkbox.Group>
        <Select
          label={t('expiresIn')}
          description={t('expiresInHelp')}
          allowDeselect={false}
          data={DAYS.map((value) => ({ value, label: t(`days.${value}`) }))}
          key={form.key('days')}
          {...form.getInputProps('days')}
        />
        <div className="flex justify-end gap-2 border-t border-line pt-5">
          <LinkButton href="/api-keys" variant="default">
            {actions('cancel')}
          </LinkButton>
          <Button type="submit" loading={create.isPending}>
            {t('make')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

const GROUPS = ['services', 'operations', 'customers', 'catalogue', 'servers', 'emails', 'audit', 'sso'] as const;

function ScopeChoices() {
  const t = useTranslations('apiKeys');
  return (
    <div className="mt-3 grid gap-x-8 gap-y-5 sm:grid-cols-2">
      {GROUPS.map((group) => (
        <fieldset key={group} className="m-0 min-w-0 border-0 p-0">
          <legend className="mb-2 p-0 text-[13px] font-medium text-ink-soft">{t(`groups.${group}`)}</legend>
          <div className="space-y-2.5">
            {SCOPES.filter((scope) => scope.startsWith(`${group}:`)).map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`scope.${scope}`)}
                description={<span className="font-mono text-xs">{scope}</span>}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
