'use client';

import { Button, Modal, Select, TextInput } from '@mantine/core';
import { isNotEmpty, matches, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LOCALES } from '@/i18n/locales';
import { useTRPC } from '@/trpc/client';

interface NewCustomerModalProps {
  opened: boolean;
  onClose: () => void;
  onCreated: (customer: { id: string; name: string; email: string }) => void;
}

interface Values {
  name: string;
  email: string;
  language: (typeof LOCALES)[number];
}

/** A customer made on the way to something else: what a service cannot do without, no more. */
export function NewCustomerModal({ opened, onClose, onCreated }: NewCustomerModalProps) {
  const t = useTranslations('customers');
  const actions = useTranslations('actions');
  const locales = useTranslations('locales');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { name: '', email: '', language: 'en' },
    validate: { name: isNotEmpty(t('nameMissing')), email: matches(/^\s*\S+@\S+\s*$/, t('emailInvalid')) },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const create = useMutation(
    trpc.customers.create.mutationOptions({
      onSuccess: ({ id }, { name, email }) => {
        void cache.invalidateQueries({ queryKey: trpc.customers.pathKey() });
        onCreated({ id, name: name.trim(), email: email.trim() });
        form.reset();
      },
      onError: (failure) => {
        const errors = errorsByPath(issuesOf(failure));
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  return (
    <Modal opened={opened} onClose={onClose} title={t('new')} closeButtonProps={{ 'aria-label': actions('close') }}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          // The page around it is a form too, and React hands this event on to it.
          event.stopPropagation();
          form.onSubmit((values) => create.mutate(values), focusFirst)(event);
        }}
      >
        {create.error && issuesOf(create.error).length === 0 && (
          <FormProblem title={t('notSaved')} text={create.error.message} />
        )}
        <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label={t('email')}
          description={t('emailHelp')}
          type="email"
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <Select
          label={t('language')}
          allowDeselect={false}
          data={LOCALES.map((value) => ({ value, label: locales(value) }))}
          {...form.getInputProps('language')}
        />
        <div className="flex justify-end gap-2 pt-1">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
