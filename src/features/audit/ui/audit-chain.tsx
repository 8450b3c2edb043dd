'use client';

import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { RelativeTime } from '@/components/relative-time';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Check = RouterOutputs['audit']['chain'];

/** Whether the log is as it was written, and since when that is known. */
export function AuditChain({ mayCheck }: { mayCheck: boolean }) {
  const t = useTranslations('audit.chain');
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data: check, isPending } = useQuery(trpc.audit.chain.queryOptions());
  const now = useMutation(
    trpc.audit.checkChain.mutationOptions({
      onSuccess: (fresh) => {
        client.setQueryData(trpc.audit.chain.queryKey(), fresh);
        void client.invalidateQueries(trpc.audit.list.pathFilter());
      },
      onError: (error) => notifications.show({ title: t('checkFailed'), message: error.message, color: 'red' }),
    }),
  );
  if (isPending) return <Skeleton height={58} radius="md" className="mb-4" />;
  const broken = check?.fault !== null && check?.fault !== undefined;
  const Icon = broken ? IconLinkOff : IconLink;
  return (
    <div
      data-tone={broken ? 'red' : check ? 'green' : 'grey'}
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-surface px-4 py-3"
    >
      <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-tone-bg text-tone-fg">
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 basis-60 text-[13px]" role="status">
        <ChainWords check={check ?? null} />
      </div>
      {mayCheck && (
        <Button variant="default" size="xs" loading={now.isPending} onClick={() => now.mutate()}>
          {t('checkNow')}
        </Button>
      )}
    </div>
  );
}

function ChainWords({ check }: { check: Check }) {
  const t = useTranslations('audit.chain');
  if (!check) return <p className="text-ink-soft">{t('never')}</p>;
  const { fault, entries, head, checkedAt } = check;
  return (
    <>
      <p className="font-medium">{fault ? t('broken') : t('whole', { entries })}</p>
      <p className="text-ink-soft [overflow-wrap:anywhere]">
        {fault && `${t(`faults.${fault.what}`, { id: fault.entryId ?? '' })} `}
        {t('checked')} <RelativeTime at={checkedAt} />
        {head && (
          <>
            {' · '}
            {t('head')} <code title={head}>{head.slice(0, 12)}</code> <CopyButton value={head} what={t('head')} />
          </>
        )}
      </p>
    </>
  );
}
