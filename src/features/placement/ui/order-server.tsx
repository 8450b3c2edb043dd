'use client';

import { SegmentedControl, Skeleton, Textarea } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { SearchSelect, useSelectSearch } from '@/components/search-select';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { OtherServers } from './other-servers';

type Server = RouterOutputs['servers']['list']['items'][number];

export interface ServerChoice {
  byHand: boolean;
  serverId: string | null;
  overrideReason: string;
}

interface OrderServerProps {
  product: { id: string; moduleSlug: string; group: { id: string } | null };
  value: ServerChoice;
  onChange: (value: ServerChoice) => void;
  errors: { serverId?: ReactNode; overrideReason?: ReactNode };
}

/** Which server an order goes to: what the rule would choose now, or one that a person names. */
export function OrderServer({ product, value, onChange, errors }: OrderServerProps) {
  const t = useTranslations('newService.server');
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-xl border border-line p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span id={id} className="text-sm font-semibold">
          {t('title')}
        </span>
        <SegmentedControl
          aria-label={t('title')}
          size="xs"
          data={[
            { value: 'rule', label: t('byRule') },
            { value: 'hand', label: t('byHand') },
          ]}
          value={value.byHand ? 'hand' : 'rule'}
          onChange={(next) => onChange({ byHand: next === 'hand', serverId: null, overrideReason: '' })}
        />
      </div>
      <div className="mt-3">
        {value.byHand ? (
          <ByHand product={product} value={value} onChange={onChange} errors={errors} />
        ) : (
          <ByRule productId={product.id} />
        )}
      </div>
    </section>
  );
}

/** The dry run's answer: who would get it, or why it would wait. */
function ByRule({ productId }: { productId: string }) {
  const t = useTranslations('newService.server');
  const rules = useTranslations('placement.rules');
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.placement.preview.queryOptions({ productId, count: 1 }), staleTime: 0 });
  if (query.isError) return <p className="text-[13px] text-ink-soft">{t('notSaid')}</p>;
  if (!query.data) return <Skeleton height={38} radius="md" />;
  const { orders, free, refused, counts, rule, total } = query.data;
  const winner = orders[0]?.winner;
  if (winner) {
    return (
      <p role="status" className="text-sm">
        {t.rich('would', { server: winner.server, name: (text) => <b>{text}</b> })}{' '}
        <span className="text-ink-soft">
          {rules(rule)} · {free === null ? t('freeNoEnd') : t('free', { free })}
        </span>
      </p>
    );
  }
  return (
    <div data-tone="amber" className="rounded-lg bg-tone-bg px-3 py-2 text-[13px] text-tone-fg">
      <p role="status" className="mb-1.5 font-semibold">
        {total === 0 ? t('noServer') : t('wouldWait')}
      </p>
      <OtherServers others={refused} counts={counts} plain />
    </div>
  );
}

const isFull = ({ accountCount, unknownCount, maxAccounts }: Server) =>
  maxAccounts !== null && accountCount + unknownCount >= maxAccounts;

function ByHand({ product, value, onChange, errors }: OrderServerProps) {
  const t = useTranslations('newService.server');
  const servers = useTranslations('servers');
  const trpc = useTRPC();
  const { isAdmin } = useMe();
  const { moduleSlug, group } = product;
  const usedWords = ({ accountCount, unknownCount, maxAccounts }: Server) => {
    const used = accountCount + unknownCount;
    return maxAccounts === null ? servers('noLimit', { used }) : servers('usedOf', { used, limit: maxAccounts });
  };
  const toChoice = (server: Server) => ({ value: server.id, label: server.name, note: usedWords(server) });
  const [taken, setTaken] = useState<Server | null>(null);
  const asked = useSelectSearch(taken && toChoice(taken));
  const query = useQuery({
    ...trpc.servers.list.queryOptions({
      moduleSlug,
      search: asked.search,
      sort: 'name',
      limit: 20,
      ...(group && { groupId: group.id }),
    }),
    placeholderData: keepPreviousData,
  });
  const items = query.data?.items ?? [];
  // As it is now, where it is among what was found; it may have filled up since it was chosen.
  const chosen = items.find(({ id }) => id === value.serverId) ?? taken;
  return (
    <div className="space-y-3">
      <SearchSelect
        label={t('server')}
        description={t('serverHelp')}
        placeholder={t('choose')}
        asked={asked}
        query={query}
        found={items.map(toChoice)}
        none={t('none')}
        value={value.serverId}
        onChoose={(choice) => {
          if (choice?.value !== taken?.id) setTaken(items.find(({ id }) => id === choice?.value) ?? null);
          onChange({ ...value, serverId: choice?.value ?? null, overrideReason: '' });
        }}
        error={errors.serverId}
      />
      {chosen && (
        <p role="status" className="text-[13px] text-ink-soft">
          {usedWords(chosen)}
          {(chosen.held || chosen.isDisabled || chosen.status !== 'ACTIVE') && ` · ${t('waitsForIt')}`}
        </p>
      )}
      {chosen && isFull(chosen) && isAdmin && (
        <Textarea
          label={t('override')}
          description={t('overrideHelp')}
          rows={2}
          maxLength={500}
          value={value.overrideReason}
          onChange={(event) => onChange({ ...value, overrideReason: event.currentTarget.value })}
          error={errors.overrideReason}
        />
      )}
    </div>
  );
}
