'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Bar, fullness } from '@/components/bar';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';

type Group = RouterOutputs['dashboard']['get']['groups'][number];

/** Where is room? */
export function Capacity({ groups }: { groups: Group[] }) {
  const t = useTranslations('dashboard');
  return (
    <Section title={t('capacity')} className="flex-1">
      {groups.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('capacityNone')}</p>
      ) : (
        <ul className="space-y-5">
          {groups.map((group) => (
            <GroupBar key={group.id} group={group} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function GroupBar({ group: { id, name, used, capacity } }: { group: Group }) {
  const t = useTranslations('dashboard');
  const tone = fullness(used, capacity);
  return (
    <li>
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={`/groups/${id}`}
            className="truncate font-medium text-ink no-underline hover:underline focus-visible:underline"
          >
            {name}
          </Link>
          {tone === 'amber' && <Tag tone="amber" label={t('nearlyFull')} />}
          {tone === 'red' && <Tag tone="red" label={t('full')} />}
        </span>
        <span className="text-[13px] text-ink-soft tabular-nums">
          {capacity === null ? t('usedNoLimit', { used }) : t('used', { used, capacity })}
          {capacity !== null && capacity > used && ` · ${t('free', { free: capacity - used })}`}
        </span>
      </div>
      <Bar used={used} limit={capacity} />
    </li>
  );
}
