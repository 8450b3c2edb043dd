'use client';

import { useTranslations } from 'next-intl';
import type { RouterOutputs } from '@/trpc/types';
import { Held } from './servers-list';

/** Why nothing is changed on this server now, and what ends that: a good test, or a person. */
export function HeldNotice({ server }: { server: Pick<RouterOutputs['servers']['get'], 'held'> }) {
  const t = useTranslations('serverPage');
  if (!server.held) return null;
  const { kind, nextProbeAt } = server.held;
  return (
    <div data-tone="amber" className="mb-5 rounded-xl border border-line bg-surface p-4">
      <p className="text-sm font-semibold">{t('heldTitle')}</p>
      <Held server={server} whole />
      <p className="mt-1 text-[13px] text-ink-soft">
        {kind === 'staff' ? t('heldByStaff') : nextProbeAt ? t('heldByItself') : t('heldUntilReleased')}
      </p>
    </div>
  );
}
