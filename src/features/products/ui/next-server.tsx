'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';

const ASKED = 10;

/** Where would the next order go, and how many fit? */
export function NextServer({ productId, groupId }: { productId: string; groupId: string | null }) {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const query = useQuery(trpc.placement.preview.queryOptions({ productId, count: ASKED }));
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={130} radius="lg" />;
  const { orders, free, waiting } = query.data;
  const next = orders.find(({ winner }) => winner)?.winner;
  return (
    <Section title={t('nextServer')}>
      {next ? (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Tag tone="green" label={next.server} />
        </p>
      ) : (
        <p className="text-sm">{t('nextNone')}</p>
      )}
      <p className="mt-2 text-[13px] text-ink-soft">
        {free === null ? t('freeNoLimit') : t('freePlaces', { free })}
        {waiting > 0 && next && ` ${t('wouldWait', { waiting, asked: ASKED })}`}
      </p>
      {groupId && (
        <div className="mt-3">
          <LinkButton href={`/groups/${groupId}`} variant="default" size="xs">
            {t('openGroup')}
          </LinkButton>
        </div>
      )}
    </Section>
  );
}
