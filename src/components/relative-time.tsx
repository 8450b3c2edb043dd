'use client';

import { useFormatter, useLocale, useNow } from 'next-intl';
import { exactTime } from './exact-time';

interface RelativeTimeProps {
  /** ISO date. */
  at: string;
  className?: string;
}

/** "3 minutes ago", the exact time in the viewer's own zone on hover. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const format = useFormatter();
  const locale = useLocale();
  const now = useNow({ updateInterval: 20_000 });
  const date = new Date(at);
  // The server knows neither the viewer's zone nor the second at which the page is shown.
  return (
    <time dateTime={at} title={exactTime(date, locale)} suppressHydrationWarning className={className}>
      {format.relativeTime(date, { now: now < date && date.getTime() - now.getTime() < 20_000 ? date : now })}
    </time>
  );
}
