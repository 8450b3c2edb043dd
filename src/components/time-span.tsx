'use client';

import { useNow, useTranslations } from 'next-intl';
import { durationParts } from './duration';

/** A length of time in words: "1 min 35 s". */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations('time');
  return (seconds) => {
    const { key, values } = durationParts(seconds);
    return t(key, values);
  };
}

/** Counts down to a moment by the second: "in 12 s", then "now". */
export function Countdown({ to }: { to: string }) {
  const t = useTranslations('time');
  const say = useDuration();
  const now = useNow({ updateInterval: 1000 });
  const seconds = Math.ceil((new Date(to).getTime() - now.getTime()) / 1000);
  return (
    <span className="tabular-nums" suppressHydrationWarning>
      {seconds > 0 ? t('in', { duration: say(seconds) }) : t('now')}
    </span>
  );
}
