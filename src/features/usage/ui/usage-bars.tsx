'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { bytesText } from '@/i18n/bytes';
import type { RouterOutputs } from '@/trpc/types';

type Latest = NonNullable<RouterOutputs['usage']['ofService']['latest']>;
type Amount = Latest['disk'];

/** One bar per thing that is measured; what the panel does not measure is left out, never shown as nothing. */
export function UsageBars({
  disk,
  bandwidth,
  memory,
  cpuPercent,
}: Pick<Latest, 'disk' | 'bandwidth' | 'memory' | 'cpuPercent'>) {
  const t = useTranslations('usage');
  const format = useFormatter();
  return (
    <dl className="space-y-3.5">
      <Measured label={t('disk')} amount={disk} />
      <Measured label={t('bandwidth')} amount={bandwidth} />
      <Measured label={t('memory')} amount={memory} />
      {cpuPercent !== null && (
        <Line
          label={t('cpu')}
          words={format.number(cpuPercent / 100, { style: 'percent', maximumFractionDigits: 1 })}
        />
      )}
    </dl>
  );
}

/** One line of such a list, with its bar; nothing where it is not measured. */
export function Measured({ label, amount: { used, limit } }: { label: string; amount: Amount }) {
  const words = useAmountWords();
  if (used === null) return null;
  const bounded = typeof limit === 'number' && limit > 0 ? limit : null;
  return (
    <Line label={label} words={words({ used, limit })}>
      {bounded !== null && <Bar used={used} limit={bounded} />}
    </Line>
  );
}

function Line({ label, words, children }: { label: string; words: string; children?: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1 text-sm">
      <dt className="text-[13px] text-ink-soft">{label}</dt>
      <dd className="m-0 tabular-nums">{words}</dd>
      {children && <dd className="m-0 basis-full">{children}</dd>}
    </div>
  );
}

/** "3.2 GB of 10.0 GB (32 %)", "3.2 GB, no limit" or just "3.2 GB". */
export function useAmountWords(): (amount: Amount) => string {
  const t = useTranslations('usage');
  const locale = useLocale();
  const format = useFormatter();
  return ({ used, limit }) => {
    if (used === null) return t('notMeasured');
    const amount = bytesText(used, locale);
    if (limit === 'none') return t('noLimit', { used: amount });
    if (limit === null) return amount;
    const of = t('of', { used: amount, limit: bytesText(limit, locale) });
    // The first percent of a large limit is nothing to write home about.
    if (limit <= 0 || used / limit < 0.005) return of;
    return `${of} (${format.number(used / limit, { style: 'percent', maximumFractionDigits: 0 })})`;
  };
}
