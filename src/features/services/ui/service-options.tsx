'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useTRPC } from '@/trpc/client';

interface ServiceOptionsProps {
  productId: string;
  options: { optionId: string; quantity: number }[];
}

/** What was chosen, in the product's words; by its bare id where the product no longer offers it. */
export function ServiceOptions({ productId, options }: ServiceOptionsProps) {
  const t = useTranslations('services.facts');
  const format = useFormatter();
  const trpc = useTRPC();
  const { data, isPending } = useQuery({ ...trpc.products.get.queryOptions({ id: productId }), staleTime: 60_000 });
  if (options.length === 0) return <span className="text-ink-soft">{t('none')}</span>;
  if (isPending) return <Skeleton height={20 * options.length} width={120} radius="sm" />;
  return (
    <ul className="space-y-0.5">
      {options.map(({ optionId, quantity }) => {
        const offered = data?.configOptions.find(({ id }) => id === optionId);
        return (
          <li key={optionId} className="tabular-nums">
            {format.number(quantity)} {offered?.unit}{' '}
            <span className="text-[13px] text-ink-soft">{offered?.label ?? optionId}</span>
          </li>
        );
      })}
    </ul>
  );
}
