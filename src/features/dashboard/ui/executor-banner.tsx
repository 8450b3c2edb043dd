'use client';

import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useOverview } from './use-overview';

/** Nothing moves while the executor is silent: every page says so until it is back. */
export function ExecutorBanner() {
  const t = useTranslations('operations');
  const { data } = useOverview();
  if (!data?.attention.some(({ kind }) => kind === 'executor-silent')) return null;
  return (
    <div
      data-tone="red"
      role="status"
      className="mx-auto mb-6 flex max-w-[1240px] gap-3 rounded-xl bg-tone-bg p-4 text-sm text-tone-fg"
    >
      <IconPlayerPause size={20} aria-hidden className="mt-px shrink-0" />
      <div>
        <p className="font-semibold">{t('silent')}</p>
        <p>{t('silentText')}</p>
      </div>
    </div>
  );
}
