'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';

const STATES = [
  { key: 'active', status: 'ACTIVE' },
  { key: 'held', status: 'HELD' },
  { key: 'maintenance', status: 'MAINTENANCE' },
  { key: 'offline', status: 'OFFLINE' },
  { key: 'disabled', status: 'DISABLED' },
] as const;

export function ServersByState({ counts }: { counts: RouterOutputs['dashboard']['get']['serversByState'] }) {
  const t = useTranslations('dashboard');
  const shown = STATES.filter(({ key }) => counts[key] > 0);
  return (
    <Section title={t('servers')}>
      {shown.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('serversNone')}</p>
      ) : (
        <Link href="/servers" className="flex flex-wrap gap-x-6 gap-y-3 rounded-lg text-ink no-underline">
          {shown.map(({ key, status }) => (
            <span key={key} className="flex items-center gap-2.5">
              <StatusBadge kind="server" status={status} />
              <span className="text-lg font-semibold tabular-nums">{counts[key]}</span>
            </span>
          ))}
        </Link>
      )}
    </Section>
  );
}
