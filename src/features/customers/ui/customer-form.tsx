'use client';

import { Button, Select, TextInput } from '@mantine/core';
import { isNotEmpty, matches, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { LOCALES } from '@/i18n/locales';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { languageOf } from './customers-list';

type Customer = RouterOutputs['customers']['get'];

/** For a new customer, or for one that exists. */
export function CustomerForm({ customer }: { customer?: Customer }) {
  const t = useTranslations('customers');
  const actions = useTranslations('actions');
  const locales = useTranslations('locales');
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: {
      name: customer?.name ?? '',
      email: customer?.email ?? '',
      language: languageOf(customer?.language ?? 'en'),
      externalRef: customer?.externalRef ?? '',
    },
    validate: { name: isNotEmpty(t('nameMissing')), email: matches(/^\s*\S+@\S+\s*$/, t('emailInvalid')) },
  });
  const focusFirst = (errors: object) => form.getInputNode(Object.keys(errors)[0] ?? '')?.focus();
  const { save, error, busy } = useSave(customer, (failure) => {
    const errors = errorsByPath(issuesOf(failure));
    form.setErrors(errors);
    focusFirst(errors);
  });
  useUnsavedGuard(form.isDirty() && !busy);
  return (
    <Section>
      <form noValidate onSubmit={form.onSubmit(save, focusFirst)} className="space-y-5">
        {error && issuesOf(error).length === 0 && <FormProblem title={t('notSaved')} text={error.message} />}
        <TextInput label={t('name')} autoComplete="off" key={form.key('name')} {...form.getInputProps('name')} />
        <TextInput
          label={t('email')}
          description={t('emailHelp')}
          type="email"
          autoComplete="off"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Select
          label={t('language')}
          description={t('languageHelp')}
          allowDeselect={false}
          data={LOCALES.map((value) => ({ value, label: locales(value) }))}
          key={form.key('language')}
          {...form.getInputProps('language')}
        />
        <TextInput
          label={t('reference')}
          description={t('referenceHelp')}
          autoComplete="off"
          spellCheck={false}
          key={form.key('externalRef')}
          {...form.getInputProps('externalRef')}
        />
        <div className="flex justify-end gap-2 border-t border-line pt-5">
          <LinkButton href={customer ? `/customers/${customer.id}` : '/customers'} variant="default">
            {actions('cancel')}
          </LinkButton>
          <Button type="submit" loading={busy}>
            {customer ? t('save') : t('create')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

interface Values {
  name: string;
  email: string;
  language: 'en' | 'tr';
  externalRef: string;
}

function useSave(customer: Customer | undefined, onError: (error: unknown) => void) {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = async ({ id }: { id: string }) => {
    notifications.show({ message: customer ? t('saved') : t('created'), color: 'teal' });
    await cache.invalidateQueries();
    router.push(`/customers/${id}`);
  };
  const create = useMutation(trpc.customers.create.mutationOptions({ onSuccess, onError }));
  const update = useMutation(trpc.customers.update.mutationOptions({ onSuccess, onError }));
  const used = customer ? update : create;
  const save = ({ externalRef, ...values }: Values) => {
    const reference = externalRef.trim();
    if (customer) update.mutate({ id: customer.id, ...values, externalRef: reference || null });
    else create.mutate({ ...values, externalRef: reference || undefined });
  };
  return { save, error: used.error, busy: used.isPending || used.isSuccess };
}
