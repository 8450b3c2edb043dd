'use client';

import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { useTRPC } from '@/trpc/client';
import type { FillType } from '../choices';
import { FillTypeCards } from './fill-type-cards';

interface GroupValues {
  name: string;
  fillType: FillType;
}

/** `group` = the one to change; without it a new one is made. */
export function GroupForm({ group }: { group?: GroupValues & { id: string } }) {
  const t = useTranslations('groups');
  const actions = useTranslations('actions');
  const missing = useTranslations('schemaForm');
  const form = useForm<GroupValues>({
    mode: 'controlled',
    initialValues: { name: group?.name ?? '', fillType: group?.fillType ?? 'fill' },
    validate: { name: (name) => (name.trim() ? null : missing('missing')) },
  });
  const save = useSave(group?.id, (error) => {
    const errors = errorsByPath(issuesOf(error));
    form.setErrors(errors);
    if (errors.name) form.getInputNode('name')?.focus();
  });
  useUnsavedGuard(form.isDirty() && !save.done);
  return (
    <Section>
      <form
        noValidate
        onSubmit={form.onSubmit(save.send, () => form.getInputNode('name')?.focus())}
        className="space-y-6"
      >
        {save.error && (
          <FormProblem
            title={t('notSaved')}
            text={issuesOf(save.error).length > 0 ? t('notSavedText') : save.error.message}
          />
        )}
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          autoComplete="off"
          data-autofocus
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <FillTypeCards value={form.values.fillType} onChange={(value) => form.setFieldValue('fillType', value)} />
        <div className="flex justify-end gap-2 border-t border-line pt-5">
          <LinkButton href={group ? `/groups/${group.id}` : '/groups'} variant="default">
            {actions('cancel')}
          </LinkButton>
          <Button type="submit" loading={save.done}>
            {group ? t('save') : t('create')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function useSave(id: string | undefined, onRefused: (error: unknown) => void) {
  const t = useTranslations('groups');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = async ({ id: saved }: { id: string }) => {
    notifications.show({ message: id ? t('saved') : t('created'), color: 'teal' });
    await cache.invalidateQueries();
    router.push(`/groups/${saved}`);
  };
  const create = useMutation(trpc.groups.create.mutationOptions({ onSuccess, onError: onRefused }));
  const update = useMutation(trpc.groups.update.mutationOptions({ onSuccess, onError: onRefused }));
  const { isPending, isSuccess, error } = id ? update : create;
  const send = (values: GroupValues) => (id ? update.mutate({ id, ...values }) : create.mutate(values));
  return { send, error, done: isPending || isSuccess };
}
