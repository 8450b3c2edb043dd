'use client';

import { IconAlertTriangle, IconCircleX, IconClockPause, IconHelpHexagon, IconInfoCircle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Children, type ReactNode } from 'react';
import { Fold } from './fold';
import type { Tone } from './status-badge';
import { Verbatim } from './verbatim';

const ICONS = {
  red: IconCircleX,
  amber: IconClockPause,
  violet: IconHelpHexagon,
  blue: IconInfoCircle,
  green: IconInfoCircle,
  grey: IconAlertTriangle,
};

interface ExplanationProps {
  tone: Tone;
  /** What happened, what it means, what to do. */
  title: string;
  meaning: string;
  next: string;
  /** The other side's own words, folded. */
  details?: string | null;
  /** Announced to people who hear the page as soon as it appears. */
  alert?: boolean;
  children?: ReactNode;
}

/** Every trouble is told in the same three parts: what happened, what it means, what to do. */
export function Explanation({ tone, title, meaning, next, details, alert = false, children }: ExplanationProps) {
  const t = useTranslations('actions');
  const Icon = ICONS[tone];
  return (
    <div
      data-tone={tone}
      role={alert ? 'alert' : undefined}
      className="flex gap-3 rounded-xl border border-line bg-surface p-4"
    >
      <span className="grid size-8 shrink-0 place-items-center rounded-lg bg-tone-bg text-tone-fg">
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 text-sm leading-6">
        <p className="leading-8 font-semibold [overflow-wrap:anywhere]">{title}</p>
        <p className="text-ink-soft">{meaning}</p>
        <p className="mt-1">{next}</p>
        {details && (
          <div className="mt-2">
            <Fold label={t('details')}>
              <Verbatim text={details} />
            </Fold>
          </div>
        )}
        {Children.toArray(children).length > 0 && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
      </div>
    </div>
  );
}
