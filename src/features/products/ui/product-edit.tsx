'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Page } from '@/components/page';
import { useTRPC } from '@/trpc/client';
import { ProductForm } from './product-form';

export function ProductEdit({ id }: { id: string }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const query = useQuery(trpc.products.get.queryOptions({ id }));
  const { data: product } = query;
  const back = { href: `/products/${id}`, label: product?.name ?? t('columns.product') };
  return (
    <Page title={t('edit')} lead={product && t('editLead', { module: product.moduleName })} back={back} narrow>
      {product ? (
        <ProductForm moduleId={product.moduleId} product={product} />
      ) : query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={480} radius="lg" />
      )}
    </Page>
  );
}
