'use client';

import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Module = RouterOutputs['modules']['get'];

/** What staff say about a module: whether it is used, what it is called here, what colleagues should know. */
export function ModuleSwitch({ module }: { module: Module }) {
  const t = useTranslations('modules.own');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const me = useQuery(trpc.users.me.queryOptions());
  const isAdmin = me.data?.role === 'ADMIN';
  const [values, setValues] = useState({
    isActive: module.isActive,
    displayName: module.displayName ?? '',
    note: module.note ?? '',
  });
  const save = useMutation(
    trpc.modules.update.mutationOptions({
      onSuccess: () => notifications.show({ message: t('saved'), color: 'teal' }),
      onSettled: () => cache.invalidateQueries(),
    }),
  );
  const errors = errorsByPath(issuesOf(save.error));
  return (
    <Section title={t('title')}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ id: module.id, ...values });
        }}
      >
        {save.error && Object.keys(errors).length === 0 && (
          <FormProblem title={t('notSaved')} text={save.error.message} />
        )}
        <Switch
          label={t('active')}
          description={t('activeHelp')}
          disabled={!isAdmin}
          checked={values.isActive}
          onChange={(event) => setValues({ ...values, isActive: event.currentTarget.checked })}
        />
        <TextInput
          label={t('displayName')}
          description={t('displayNameHelp')}
          error={errors.displayName}
          disabled={!isAdmin}
          autoComplete="off"
          value={values.displayName}
          onChange={(event) => setValues({ ...values, displayName: event.currentTarget.value })}
        />
        <Textarea
          label={t('note')}
          error={errors.note}
          disabled={!isAdmin}
          autosize
          minRows={2}
          value={values.note}
          onChange={(event) => setValues({ ...values, note: event.currentTarget.value })}
        />
        {isAdmin ? (
          <Button type="submit" variant="default" loading={save.isPending}>
            {t('save')}
          </Button>
        ) : (
          <p className="text-[13px] text-ink-soft">{t('adminOnly')}</p>
        )}
      </form>
    </Section>
  );
}
