'use client';

import { Accordion, Drawer, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Bar } from '@/components/bar';
import { ErrorPanel } from '@/components/error-panel';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { OtherServers } from './other-servers';

type Preview = RouterOutputs['placement']['preview'];

interface PreviewDrawerProps {
  of: { groupId: string } | { productId: string };
  /** Whose orders may be asked about instead. */
  products?: { id: string; name: string }[];
  opened: boolean;
  onClose: () => void;
}

const COUNTS = ['1', '10', '50'];
const ANY = 'any';

/** Where the next orders would go, order by order, and why the other servers not. */
export function PreviewDrawer({ of, products = [], opened, onClose }: PreviewDrawerProps) {
  const t = useTranslations('groups.preview');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const [count, setCount] = useState('10');
  const [product, setProduct] = useState(ANY);
  const question = product === ANY ? of : { productId: product };
  const query = useQuery({
    ...trpc.placement.preview.queryOptions({ ...question, count: Number(count) }),
    enabled: opened,
    // The answer is about this moment.
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title={<span className="text-lg font-semibold">{t('title')}</span>}
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      <p className="mb-4 text-sm text-ink-soft">{t('lead')}</p>
      <div className="mb-5 flex flex-wrap items-end gap-4">
        <SegmentedControl aria-label={t('count')} data={COUNTS} value={count} onChange={setCount} />
        {products.length > 0 && (
          <Select
            label={t('for')}
            className="min-w-52 flex-1"
            allowDeselect={false}
            data={[
              { value: ANY, label: t('anyProduct') },
              ...products.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={product}
            onChange={(id) => setProduct(id ?? ANY)}
          />
        )}
      </div>
      {query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Answer preview={query.data} />
      ) : (
        <Skeleton height={320} radius="lg" />
      )}
    </Drawer>
  );
}

function Answer({ preview: { orders, free, waiting, refused, counts } }: { preview: Preview }) {
  const t = useTranslations('groups.preview');
  const { behind: _, ...cannot } = counts;
  return (
    <>
      <p className="text-sm font-medium">{free === null ? t('roomNoEnd') : t('room', { free })}</p>
      {waiting > 0 && (
        <p data-tone="amber" className="mt-3 rounded-lg bg-tone-bg px-3 py-2 text-[13px] text-tone-fg">
          {orders.length === 0 && `${t('noOrders')} `}
          {t('waiting', { count: waiting })}
        </p>
      )}
      {orders.length > 0 && (
        <Accordion variant="default" chevronPosition="right" className="mt-4" key={orders.length}>
          {orders.map((order) => (
            <OrderLine key={order.number} order={order} />
          ))}
        </Accordion>
      )}
      {refused.length > 0 && (
        <div className="mt-6">
          <h3 className="mb-1.5 text-sm font-semibold">{t('refused')}</h3>
          <OtherServers others={refused} counts={cannot} />
        </div>
      )}
    </>
  );
}

function OrderLine({ order: { number, winner, others, counts } }: { order: Preview['orders'][number] }) {
  const t = useTranslations('groups.preview');
  const { used, limit } = winner;
  return (
    <Accordion.Item value={String(number)}>
      <Accordion.Control>
        <span className="grid items-center gap-x-4 gap-y-1 pr-2 text-sm sm:grid-cols-[5.5rem_minmax(0,1fr)_9rem]">
          <span className="text-[13px] text-ink-soft tabular-nums">{t('order', { number })}</span>
          <span className="truncate font-medium">{winner.server}</span>
          <span className="text-[13px] text-ink-soft tabular-nums">
            {limit === null ? t('afterNoLimit', { used }) : t('after', { used, limit })}
            {limit !== null && (
              <span className="mt-1 block">
                <Bar used={used} limit={limit} />
              </span>
            )}
          </span>
        </span>
      </Accordion.Control>
      <Accordion.Panel>
        {others.length === 0 ? (
          <p className="text-[13px] text-ink-soft">{t('none')}</p>
        ) : (
          <>
            <p className="mb-1 text-xs font-semibold text-ink-soft">{t('others')}</p>
            <OtherServers others={others} counts={counts} />
          </>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
