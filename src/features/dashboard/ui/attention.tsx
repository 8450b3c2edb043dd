'use client';

import {
  IconCircleCheck,
  IconCircleX,
  IconHelpHexagon,
  IconLinkOff,
  IconMailOff,
  IconMailX,
  IconPlayerPause,
  IconServerOff,
  IconStack2,
} from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/link-button';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import type { Tone } from '@/components/status-badge';
import type { OperationReason } from '@/features/operations/reasons';
import { useReasonWords } from '@/features/operations/ui/reason-words';
import { RetryButton } from '@/features/operations/ui/retry-button';
import { useHeldWords } from '@/features/servers/ui/held-words';
import type { RouterOutputs } from '@/trpc/types';

type Item = RouterOutputs['dashboard']['get']['attention'][number];

const LOOKS: Record<Item['kind'], { icon: typeof IconCircleX; tone: Tone }> = {
  'operation-failed': { icon: IconCircleX, tone: 'red' },
  'operation-unknown': { icon: IconHelpHexagon, tone: 'violet' },
  'server-held': { icon: IconServerOff, tone: 'amber' },
  'group-full': { icon: IconStack2, tone: 'amber' },
  'orders-wait': { icon: IconStack2, tone: 'amber' },
  'counter-wrong': { icon: IconServerOff, tone: 'violet' },
  'audit-broken': { icon: IconLinkOff, tone: 'red' },
  'login-elsewhere': { icon: IconLinkOff, tone: 'red' },
  'mail-unsent': { icon: IconMailX, tone: 'amber' },
  'executor-silent': { icon: IconPlayerPause, tone: 'red' },
  'executor-stalled': { icon: IconPlayerPause, tone: 'red' },
  'no-mail-server': { icon: IconMailOff, tone: 'amber' },
};

const SHOWN = 6;

/** What needs a person, each line with its one best action. */
export function Attention({ items }: { items: Item[] }) {
  const t = useTranslations('dashboard');
  if (items.length === 0) {
    return (
      <Section>
        <div data-tone="green" className="flex items-center gap-4">
          <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-tone-bg text-tone-fg">
            <IconCircleCheck size={22} aria-hidden />
          </span>
          <div>
            <h2 className="text-[15px] font-semibold">{t('calm')}</h2>
            <p className="text-sm text-ink-soft">{t('calmText')}</p>
          </div>
        </div>
      </Section>
    );
  }
  return (
    <Section title={t('attention')} aside={items.length} flush>
      <ul className="divide-y divide-line border-t border-line">
        {items.slice(0, SHOWN).map((item) => (
          <AttentionLine key={`${item.kind} ${item.id}`} item={item} />
        ))}
      </ul>
      {items.length > SHOWN && (
        <div className="border-t border-line p-2 text-center">
          <LinkButton href="/operations" variant="subtle" size="xs">
            {t('more')}
          </LinkButton>
        </div>
      )}
    </Section>
  );
}

function AttentionLine({ item }: { item: Item }) {
  const t = useTranslations('dashboard');
  const text = useAttentionText()(item);
  const { icon: Icon, tone } = LOOKS[item.kind];
  const retryable = item.kind === 'operation-failed' || item.kind === 'operation-unknown';
  return (
    <li data-tone={tone} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3.5 sm:flex-nowrap">
      <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-tone-bg text-tone-fg">
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 basis-48">
        <p className="text-sm font-medium [overflow-wrap:anywhere]">{t(`items.${item.kind}`, { title: item.title })}</p>
        <p className="text-[13px] text-ink-soft [overflow-wrap:anywhere]">
          {text}
          {item.kind !== 'group-full' && (
            <>
              {' '}
              · <RelativeTime at={item.at} />
            </>
          )}
        </p>
      </div>
      <div className="flex gap-2 pl-11 sm:pl-0">
        {retryable && <RetryButton operationId={item.id} />}
        <LinkButton href={hrefOf(item)} size="xs" variant="light">
          {t(`itemAction.${item.kind}`)}
        </LinkButton>
      </div>
    </li>
  );
}

function useAttentionText(): (item: Item) => string {
  const t = useTranslations('dashboard.itemText');
  const reasonWords = useReasonWords();
  const heldWords = useHeldWords();
  return ({ kind, data }) => {
    if (kind === 'operation-failed' || kind === 'operation-unknown') {
      // The router hands the stored reason on as it was read; its type is lost in the general `data`.
      const reason = data.reason as OperationReason | null | undefined;
      return reason ? reasonWords(reason).title : '';
    }
    if (kind === 'server-held') return t(kind, { why: heldWords(textOf(data.kind), textOf(data.words)) });
    if (kind === 'orders-wait') return t(kind, { orders: Number(data.orders) });
    if (kind === 'counter-wrong') return t(kind, { counter: Number(data.counter), count: Number(data.count) });
    if (kind === 'login-elsewhere') return t(kind, { host: String(data.host) });
    if (kind === 'group-full') return t(kind, { free: Number(data.free) });
    return t(kind);
  };
}

const textOf = (value: unknown) => (typeof value === 'string' && value ? value : null);

function hrefOf({ kind, id, data }: Item): string {
  if (kind === 'operation-failed' || kind === 'operation-unknown') {
    return typeof data.serviceId === 'string' ? `/services/${data.serviceId}` : '/operations';
  }
  if (kind === 'server-held' || kind === 'counter-wrong' || kind === 'login-elsewhere') return `/servers/${id}`;
  if (kind === 'orders-wait') return typeof data.groupId === 'string' ? `/groups/${data.groupId}` : '/operations';
  if (kind === 'group-full') return `/groups/${id}`;
  if (kind === 'audit-broken') return '/audit';
  if (kind === 'mail-unsent') return `/emails/${id}`;
  return kind === 'executor-silent' || kind === 'executor-stalled' ? '/executor' : '/emails';
}
