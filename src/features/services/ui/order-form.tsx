'use client';

import { Button, NumberInput, Skeleton, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPackage } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { CustomerSelect } from '@/features/customers/ui/customer-select';
import { OrderServer } from '@/features/placement/ui/order-server';
import { type OfferedProduct, ProductSelect } from '@/features/products/ui/product-select';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import {
  BY_RULE,
  type OfferedOption,
  type OrderValues,
  optionProblem,
  orderErrors,
  toConfigOptions,
  toServer,
} from './order-form-values';

interface OrderFormProps {
  /** Chosen from the start. */
  customer?: { id: string; name: string; email: string } | null;
  product?: OfferedProduct | null;
}

export function OrderForm({ customer = null, product = null }: OrderFormProps) {
  const t = useTranslations('newService');
  const trpc = useTRPC();
  const { isAdmin } = useMe();
  const products = useQuery(
    trpc.products.list.queryOptions({ isActive: true, search: undefined, sort: 'name', limit: 20 }),
  );
  if (products.isError && !products.data)
    return <ErrorPanel error={products.error} onRetry={() => void products.refetch()} />;
  if (!products.data) return <Skeleton height={420} radius="lg" />;
  if (products.data.items.length > 0) return <Fields customer={customer} first={product} />;
  return (
    <Section>
      <EmptyState
        icon={<IconPackage size={22} />}
        title={t('noProducts')}
        text={t('noProductsText')}
        action={isAdmin && <LinkButton href="/products/new">{t('noProductsAction')}</LinkButton>}
      />
    </Section>
  );
}

/** Made once per form: pressing twice, or again after a lost answer, orders once. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function useOrderForm(initial: Pick<OrderValues, 'customerId' | 'productId' | 'options'>, offered: OfferedOption[]) {
  const t = useTranslations('newService');
  return useForm<OrderValues>({
    mode: 'controlled',
    initialValues: { ...initial, domain: '', server: BY_RULE },
    validate: (values) => {
      const errors: Record<string, string> = {};
      if (!values.customerId) errors.customerId = t('customerMissing');
      if (!values.productId) errors.productId = t('productMissing');
      if (values.server.byHand && values.server.serverId === null) errors.serverId = t('server.missing');
      if (values.domain.trim().length > 253) errors.domain = t('domainTooLong');
      for (const option of offered) {
        const problem = optionProblem(option, values.options[option.id]);
        const { min, max, step } = option;
        if (problem) errors[`options.${option.id}`] = t(problem, { min, max, step });
      }
      return errors;
    },
  });
}

const presetsOf = (product: OfferedProduct | null): OrderValues['options'] =>
  Object.fromEntries((product?.configOptions ?? []).map((option) => [option.id, option.default]));

type OrderFormState = ReturnType<typeof useOrderForm>;

/** Sends the order; a refusal lands on its fields, and the first of them gets the cursor. */
function useOrder(form: OrderFormState, offered: readonly OfferedOption[]) {
  const t = useTranslations('newService');
  const router = useRouter();
  const cache = useQueryClient();
  const trpc = useTRPC();
  const [idempotencyKey] = useState(newKey);
  const focusFirst = (errors: object) => {
    // Errors come in the order of the check or of the server; the page's order is what the eye follows.
    const first = ['customerId', 'productId', 'domain', ...offered.map(({ id }) => `options.${id}`)].find(
      (name) => name in errors,
    );
    if (first) form.getInputNode(first)?.focus();
  };
  const order = useMutation(
    trpc.services.create.mutationOptions({
      onSuccess: async (service) => {
        notifications.show({ message: t('ordered'), color: 'teal' });
        await cache.invalidateQueries();
        router.push(`/services/${service.id}`);
      },
      onError: (error) => {
        const errors = orderErrors(issuesOf(error), offered);
        form.setErrors(errors);
        focusFirst(errors);
      },
    }),
  );
  const send = ({ customerId, productId, domain, options, server }: OrderValues) => {
    if (!customerId || !productId) return;
    const configOptions = toConfigOptions(offered, options);
    const name = domain.trim() || undefined;
    order.mutate({ customerId, productId, domain: name, configOptions, idempotencyKey, ...toServer(server) });
  };
  return { send, focusFirst, error: order.error, done: order.isPending || order.isSuccess };
}

function Fields({ customer, first }: { customer: OrderFormProps['customer']; first: OfferedProduct | null }) {
  const t = useTranslations('newService');
  const actions = useTranslations('actions');
  const [product, setProduct] = useState(first);
  const offered = product?.configOptions ?? [];
  const form = useOrderForm(
    { customerId: customer?.id ?? null, productId: first?.id ?? null, options: presetsOf(first) },
    offered,
  );
  const { send, focusFirst, error, done } = useOrder(form, offered);
  useUnsavedGuard(form.isDirty() && !done);
  const { onChange: _, value: __, ...productInput } = form.getInputProps('productId');
  return (
    <Section>
      <form noValidate onSubmit={form.onSubmit(send, focusFirst)} className="space-y-5">
        {error && <Refusal error={error} />}
        <CustomerSelect first={customer} {...form.getInputProps('customerId')} />
        <div>
          <ProductSelect
            label={t('product')}
            description={t('productHelp')}
            placeholder={t('productPlaceholder')}
            none={t('productNone')}
            of={{ isActive: true }}
            chosen={product}
            {...productInput}
            onChoose={(next) => {
              setProduct(next);
              form.setFieldValue('productId', next.id);
              form.setFieldValue('server', BY_RULE);
              form.setFieldValue('options', presetsOf(next));
            }}
          />
          {product && <ProductNote product={product} />}
        </div>
        <TextInput
          label={t('domain')}
          description={t('domainHelp')}
          placeholder={t('domainPlaceholder')}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('domain')}
        />
        {offered.length > 0 && (
          <fieldset>
            <legend className="mb-3 w-full border-b border-line pb-2 text-[15px] font-semibold">{t('options')}</legend>
            <div className="grid gap-4 sm:grid-cols-2">
              {offered.map((option) => (
                <OptionField key={option.id} option={option} {...form.getInputProps(`options.${option.id}`)} />
              ))}
            </div>
          </fieldset>
        )}
        {product && (
          <OrderServer
            key={product.id}
            product={product}
            value={form.values.server}
            onChange={(server) => {
              form.setFieldValue('server', server);
              form.clearFieldError('serverId');
              form.clearFieldError('overrideReason');
            }}
            errors={{ serverId: form.errors.serverId, overrideReason: form.errors.overrideReason }}
          />
        )}
        <div className="flex justify-end gap-2 border-t border-line pt-5">
          <LinkButton href="/services" variant="default">
            {actions('cancel')}
          </LinkButton>
          <Button type="submit" loading={done}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Refusal({ error }: { error: { message: string } }) {
  const t = useTranslations('newService');
  const onFields = issuesOf(error).length > 0;
  return <FormProblem title={t('failed')} text={onFields ? t('failedText') : error.message} />;
}

function ProductNote({ product }: { product: OfferedProduct }) {
  const t = useTranslations('newService');
  return (
    <div className="mt-2 rounded-lg bg-code px-3 py-2 text-[13px]">
      {product.description && <p>{product.description}</p>}
      <p className="text-ink-soft">
        {t('productFacts', { module: product.moduleName, group: product.group?.name ?? 'none' })}
      </p>
    </div>
  );
}

interface OptionFieldProps {
  option: OfferedOption;
  value?: number | string;
  onChange?: (value: number | string) => void;
  error?: React.ReactNode;
}

function OptionField({ option, ...input }: OptionFieldProps) {
  const t = useTranslations('newService');
  const { min, max, step, unit } = option;
  return (
    <NumberInput
      label={option.label}
      description={t('optionHelp', { min, max, step: step === 1 ? 'one' : String(step), unit: unit || 'none' })}
      min={min}
      max={max}
      step={step}
      // The number as typed stays, with its error under it, instead of being changed behind one's back.
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=" "
      suffix={unit ? ` ${unit}` : ''}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      {...input}
    />
  );
}
