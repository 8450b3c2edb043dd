'use client';

import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import type { Tone } from '@/components/status-badge';
import type { MyService } from './my-status';

type Line = MyService['history'][number];

const TONES: Record<Line['how'], Tone> = { done: 'green', working: 'blue', stuck: 'amber', cancelled: 'grey' };

/** What happened, newest first, in plain words. */
export function MyHistory({ history }: { history: Line[] }) {
  const t = useTranslations('client.page');
  return (
    <Section title={t('history')}>
      {history.length === 0 && <p className="text-sm text-ink-soft">{t('historyEmpty')}</p>}
      <ol aria-label={t('history')} className="space-y-3">
        {history.map((line) => (
          <li key={line.id} data-tone={TONES[line.how]} className="flex items-baseline gap-3 text-sm">
            <span aria-hidden className="size-2 shrink-0 rounded-full bg-tone-dot" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {t(`did.${line.what}`, { action: line.action ?? t('anAction') })}
              {line.how !== 'done' && <span className="text-ink-soft"> · {t(`how.${line.how}`)}</span>}
            </span>
            <RelativeTime at={line.at} className="shrink-0 text-[13px] text-ink-soft" />
          </li>
        ))}
      </ol>
    </Section>
  );
}
