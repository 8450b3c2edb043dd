'use client';

import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/relative-time';
import type { Tone } from '@/components/status-badge';

interface TimelineLineProps {
  tone: Tone;
  at: string;
  title: ReactNode;
  /** Beside the title, for example the outcome. */
  aside?: ReactNode;
  children?: ReactNode;
}

/** One entry on the line: dot, words, when. */
export function TimelineLine({ tone, at, title, aside, children }: TimelineLineProps) {
  return (
    <li data-tone={tone} className="relative pb-4 pl-6 last:pb-0 [&:last-child>.rail]:hidden">
      <span aria-hidden className="rail absolute top-4 bottom-[-4px] left-[5px] w-px bg-line-strong" />
      <span
        aria-hidden
        className="absolute top-[7px] left-0 size-[11px] rounded-full border-2 border-surface bg-tone-dot ring-1 ring-line"
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 sm:flex-nowrap">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm leading-6 [overflow-wrap:anywhere]">
          <span>{title}</span>
          {aside}
        </div>
        <RelativeTime at={at} className="shrink-0 text-xs text-ink-soft" />
      </div>
      {children && <div className="mt-1.5 space-y-2">{children}</div>}
    </li>
  );
}
