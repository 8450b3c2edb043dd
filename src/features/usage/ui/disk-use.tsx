'use client';

import { useLocale, useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { bytesText } from '@/i18n/bytes';
import type { RouterOutputs } from '@/trpc/types';

type Usage = RouterOutputs['services']['list']['items'][number]['usage'];

/** Disk space in one line of a list: how much of how much, with a bar where there is a limit. */
export function DiskUse({ usage }: { usage: Usage }) {
  const t = useTranslations('usage');
  const locale = useLocale();
  if (!usage || usage.disk.used === null) return <span className="text-ink-soft">–</span>;
  const { used, limit } = usage.disk;
  const bounded = typeof limit === 'number' && limit > 0 ? limit : null;
  return (
    <div>
      <p className="mb-1 text-[13px] whitespace-nowrap tabular-nums">
        {bounded === null
          ? bytesText(used, locale)
          : t('of', { used: bytesText(used, locale), limit: bytesText(bounded, locale) })}
      </p>
      {bounded !== null && <Bar used={used} limit={bounded} />}
    </div>
  );
}
