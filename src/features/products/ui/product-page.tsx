'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { DangerButton } from '@/components/danger-button';
import { StaleNote } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { ServicesOf } from '@/features/services/ui/services-of';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { NextServer } from './next-server';
import { ProductFacts } from './product-facts';
import { ProductState } from './products-list';

type Product = RouterOutputs['products']['get'];

export function ProductPage({ id }: { id: string }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const query = useQuery(trpc.products.get.queryOptions({ id }));
  const back = { href: '/products', label: t('title') };
  const { data: product } = query;
  if (!product) return <PendingPage title={t('columns.product')} back={back} query={query} />;
  const lead = (
    <>
      <span className="flex flex-wrap items-center gap-2">
        <ProductState {...product} /> {product.moduleName}
      </span>
      {product.description && <p className="mt-1.5 max-w-[60ch]">{product.description}</p>}
    </>
  );
  return (
    <Page title={product.name} lead={lead} back={back} actions={<Actions product={product} />}>
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <ServicesOf of={{ productId: id }} none={t('noServices')} />
        <div className="space-y-5">
          <NextServer productId={id} groupId={product.group?.id ?? null} />
          <ProductFacts product={product} />
        </div>
      </div>
    </Page>
  );
}

function Actions({ product }: { product: Product }) {
  const t = useTranslations('products');
  const { isAdmin } = useMe();
  const order = product.isActive && (
    <LinkButton href={`/services/new?product=${product.id}`} leftSection={<IconPlus size={17} aria-hidden />}>
      {t('newService')}
    </LinkButton>
  );
  if (!isAdmin) return order;
  return (
    <>
      {product.serviceCount === 0 ? <RemoveButton product={product} /> : <SwitchButton product={product} />}
      <LinkButton
        href={`/products/${product.id}/edit`}
        variant="default"
        leftSection={<IconPencil size={17} aria-hidden />}
      >
        {t('edit')}
      </LinkButton>
      {order}
    </>
  );
}

function RemoveButton({ product: { id, name } }: { product: Product }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const remove = useMutation(
    trpc.products.remove.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('removed'), color: 'teal' });
        router.push('/products');
        await cache.invalidateQueries({ queryKey: trpc.products.list.pathKey() });
      },
    }),
  );
  return (
    <DangerButton
      label={t('remove')}
      icon={<IconTrash size={17} aria-hidden />}
      title={t('removeQuestion', { name })}
      text={t('removeText')}
      refused={t('notRemoved')}
      action={{ ...remove, mutate: () => remove.mutate({ id }) }}
    />
  );
}

/** A product that was sold is never deleted: it can be taken off sale and put back. */
function SwitchButton({ product: { id, isActive } }: { product: Product }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const update = useMutation(
    trpc.products.update.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries({ queryKey: trpc.products.pathKey() });
        notifications.show({ message: isActive ? t('switchedOff') : t('switchedOn'), color: 'teal' });
      },
      onError: (error) => notifications.show({ title: t('notSaved'), message: error.message, color: 'red' }),
    }),
  );
  return (
    <Button variant="default" loading={update.isPending} onClick={() => update.mutate({ id, isActive: !isActive })}>
      {isActive ? t('switchOff') : t('switchOn')}
    </Button>
  );
}
