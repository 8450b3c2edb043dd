'use client';

import { IconHourglass } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { Section } from '@/components/section';
import type { RouterOutputs } from '@/trpc/types';

type Capacity = RouterOutputs['groups']['get']['capacity'];

/** How full the group is, who waits, and how long it lasts. */
export function GroupCapacity({ capacity }: { capacity: Capacity }) {
  const t = useTranslations('groups');
  const { used, limit, free, waiting } = capacity;
  const room = () => {
    if (free === null) return t('freeNoEnd');
    const blocked = limit === null ? 0 : limit - used - free;
    return free === 0 && blocked > 0 ? t('freeBlocked', { blocked }) : t('free', { free });
  };
  return (
    <Section title={t('capacity')}>
      <p className="text-2xl leading-8 font-semibold tabular-nums">
        {t('used', { used })}{' '}
        <span className="text-sm font-normal text-ink-soft">
          {limit === null ? t('noLimit') : t('ofLimit', { limit })}
        </span>
      </p>
      {limit !== null && (
        <div className="mt-2">
          <Bar used={used} limit={limit} />
        </div>
      )}
      <p className="mt-2.5 text-sm">{room()}</p>
      <Forecast capacity={capacity} />
      {waiting > 0 && (
        <p data-tone="amber" className="mt-3 flex gap-2 rounded-lg bg-tone-bg px-3 py-2 text-[13px] text-tone-fg">
          <IconHourglass size={17} aria-hidden className="mt-px shrink-0" />
          {t('waiting', { count: waiting })}
        </p>
      )}
    </Section>
  );
}

function Forecast({ capacity: { growth, perDay, tooNew, fullAt, free } }: { capacity: Capacity }) {
  const t = useTranslations('groups');
  const format = useFormatter();
  if (tooNew) return <p className="mt-1 text-[13px] text-ink-soft">{t('paceUnknown', { growth })}</p>;
  if (growth <= 0) return <p className="mt-1 text-[13px] text-ink-soft">{t('paceNone')}</p>;
  return (
    <p className="mt-1 text-[13px] text-ink-soft">
      {t('pace', { growth, perDay })}{' '}
      {fullAt !== null && free !== 0 && (
        <span className="text-ink">
          {t.rich('fullAt', { when: () => <b>{format.dateTime(new Date(fullAt), { dateStyle: 'long' })}</b> })}
        </span>
      )}
      {fullAt === null && free !== null && t('notFull')}
    </p>
  );
}
