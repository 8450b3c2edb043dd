'use client';

import { Button, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { OtherServers } from '@/features/placement/ui/other-servers';
import { PreviewDrawer } from '@/features/placement/ui/preview-drawer';
import { useTRPC } from '@/trpc/client';

const ASKED = 10;

/** Where would the next order go, how many fit, and who cannot take one? */
export function NextServer({ productId, groupId }: { productId: string; groupId: string | null }) {
  const t = useTranslations('products');
  const groups = useTranslations('groups');
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery(trpc.placement.preview.queryOptions({ productId, count: ASKED }));
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={130} radius="lg" />;
  const { orders, free, waiting, refused, counts } = query.data;
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
      {next && (
        <p className="mt-2 text-[13px] text-ink-soft">
          {free === null ? t('freeNoLimit') : t('freePlaces', { free })}
          {waiting > 0 && ` ${t('wouldWait', { waiting, asked: ASKED })}`}
        </p>
      )}
      {!next && refused.length > 0 && (
        <div className="mt-3">
          <OtherServers others={refused} counts={counts} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button variant="default" size="xs" onClick={open}>
          {groups('preview.open')}
        </Button>
        {groupId && (
          <LinkButton href={`/groups/${groupId}`} variant="default" size="xs">
            {t('openGroup')}
          </LinkButton>
        )}
      </div>
      <PreviewDrawer of={{ productId }} opened={opened} onClose={close} />
    </Section>
  );
}
