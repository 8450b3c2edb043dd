'use client';

import { Button, Skeleton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { SchemaForm, useSchemaFields } from '@/components/schema-form/schema-form';
import { initialValues, missingFields, toSettings } from '@/components/schema-form/values';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { useTRPC } from '@/trpc/client';
import type { RouterInputs, RouterOutputs } from '@/trpc/types';
import { OptionEditor } from './option-editor';
import { DeliveryFields, NameFields, PlaceFields } from './product-fields';
import { missingOptions, type ProductValues, toInput, valuesOf } from './product-values';
import { usePanelLists } from './use-panel-lists';

type Product = RouterOutputs['products']['get'];
type Module = RouterOutputs['modules']['get'];

interface ProductFormProps {
  moduleId: string;
  product?: Product;
}

/** For a new product of a module, or for one that exists. */
export function ProductForm({ moduleId, product }: ProductFormProps) {
  const trpc = useTRPC();
  const language = useLocale();
  const module = useQuery(trpc.modules.get.queryOptions({ id: moduleId, language }));
  if (module.data) return <Fields key={moduleId} module={module.data} product={product} />;
  if (module.isError) return <ErrorPanel error={module.error} onRetry={() => void module.refetch()} />;
  return <Skeleton height={480} radius="lg" />;
}

function Fields({ module, product }: { module: Module; product: Product | undefined }) {
  const t = useTranslations('products');
  const actions = useTranslations('actions');
  const missing = useTranslations('schemaForm');
  const formId = useId();
  const fields = useSchemaFields(module.forms.settings);
  const form = useForm<ProductValues>({
    mode: 'controlled',
    initialValues: valuesOf(product, initialValues(fields, product?.moduleSettings)),
    validate: (values) => ({
      ...(values.name.trim() === '' && { name: t('nameMissing') }),
      ...missingOptions(values.configOptions, missing('missing')),
      ...Object.fromEntries(
        missingFields(fields, values.settings, product?.closedSettings ?? []).map((path) => [
          `moduleSettings.${path}`,
          missing('missing'),
        ]),
      ),
    }),
  });
  const { serverGroupId } = form.values;
  const choices = usePanelLists(fields, { moduleSlug: module.slug, serverGroupId });
  // The page's order is what the eye follows, so the first marked field of the page gets the cursor.
  const focusFirst = () =>
    requestAnimationFrame(() =>
      document.getElementById(formId)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  const { save, error, busy } = useSave(product, (failure) => {
    form.setErrors(errorsByPath(issuesOf(failure)));
    focusFirst();
  });
  useUnsavedGuard(form.isDirty() && !busy);
  // Messages are texts: they come from the server or from this form.
  const errors = form.errors as Record<string, string>;
  const submit = (values: ProductValues) =>
    save({ moduleSlug: module.slug, ...toInput(values, toSettings(fields, values.settings)) });
  const suggested = module.options.map(({ max, ...option }) => ({ ...option, max: max ?? '' }));
  return (
    <form id={formId} noValidate onSubmit={form.onSubmit(submit, focusFirst)} className="space-y-5">
      {error && (
        <FormProblem title={t('notSaved')} text={issuesOf(error).length > 0 ? t('notSavedText') : error.message} />
      )}
      <Section>
        <NameFields form={form} />
      </Section>
      {fields.length > 0 && (
        <Section title={t('settings', { module: module.name })}>
          <SchemaForm
            fields={fields}
            values={form.values.settings}
            onChange={(settings) => form.setFieldValue('settings', settings)}
            errors={errors}
            prefix="moduleSettings"
            storedSecrets={product?.closedSettings ?? []}
            choices={choices}
          />
        </Section>
      )}
      <Section>
        <OptionEditor
          options={form.values.configOptions}
          onChange={(options) => form.setFieldValue('configOptions', options)}
          errors={errors}
          suggested={suggested}
        />
      </Section>
      <Section title={t('place')}>
        <PlaceFields form={form} group={product?.group ?? null} />
      </Section>
      <Section title={t('delivery')}>
        <DeliveryFields form={form} />
      </Section>
      <div className="flex justify-end gap-2">
        <LinkButton href={product ? `/products/${product.id}` : '/products'} variant="default">
          {actions('cancel')}
        </LinkButton>
        <Button type="submit" loading={busy}>
          {product ? t('save') : t('create')}
        </Button>
      </div>
    </form>
  );
}

function useSave(product: Product | undefined, onError: (error: unknown) => void) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = async ({ id }: { id: string }) => {
    notifications.show({ message: product ? t('saved') : t('created'), color: 'teal' });
    await cache.invalidateQueries();
    router.push(`/products/${id}`);
  };
  const create = useMutation(trpc.products.create.mutationOptions({ onSuccess, onError }));
  const update = useMutation(trpc.products.update.mutationOptions({ onSuccess, onError }));
  const used = product ? update : create;
  const save = ({ moduleSlug, ...input }: RouterInputs['products']['create']) => {
    if (product) update.mutate({ id: product.id, ...input });
    else create.mutate({ moduleSlug, ...input });
  };
  return { save, error: used.error, busy: used.isPending || used.isSuccess };
}
