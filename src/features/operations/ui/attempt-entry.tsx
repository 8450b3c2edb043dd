'use client';

import { useTranslations } from 'next-intl';
import { Fold } from '@/components/fold';
import { STATUS_TONES, StatusBadge, type StatusOf, toneOf } from '@/components/status-badge';
import { useDuration } from '@/components/time-span';
import { Verbatim } from '@/components/verbatim';
import type { AttemptView } from './operation-view';
import { useErrorKind } from './reason-words';
import { TimelineLine } from './timeline-line';

function outcomeOf({ outcome }: AttemptView): StatusOf<'outcome'> {
  if (outcome === null) return 'open';
  // Written by the program from a fixed list; a newer word than ours counts as "nobody knows".
  return outcome in STATUS_TONES.outcome ? (outcome as StatusOf<'outcome'>) : 'unknown';
}

/** One call to a panel: which, where, how long, how it ended, and folded what was said. */
export function AttemptEntry({ attempt }: { attempt: AttemptView }) {
  const t = useTranslations('timeline');
  const duration = useDuration();
  const errorKind = useErrorKind();
  const outcome = outcomeOf(attempt);
  const seconds = attempt.endedAt === null ? null : (Date.parse(attempt.endedAt) - Date.parse(attempt.sentAt)) / 1000;
  const facts = [
    attempt.errorKind && errorKind(attempt.errorKind),
    seconds !== null && t('took', { duration: duration(seconds) }),
  ].filter(Boolean);
  return (
    <TimelineLine
      tone={toneOf('outcome', outcome)}
      at={attempt.sentAt}
      title={
        <>
          <span className="font-medium">{t('attemptCall', { call: attempt.call })}</span>
          {' · '}
          {t('attempt', { number: attempt.number, server: attempt.server.name })}
        </>
      }
      aside={<StatusBadge kind="outcome" status={outcome} />}
    >
      {facts.length > 0 && <p className="text-[13px] text-ink-soft">{facts.join(' · ')}</p>}
      {attempt.words && <p className="text-[13px] text-ink-soft [overflow-wrap:anywhere]">{attempt.words}</p>}
      {(attempt.request || attempt.answer) && (
        <div className="flex flex-wrap gap-x-5 gap-y-1 [&>div]:min-w-0 [&>div]:max-w-full">
          {attempt.request && (
            <Fold label={t('request')}>
              <Verbatim text={attempt.request} label={t('request')} />
            </Fold>
          )}
          {attempt.endedAt !== null && (
            <Fold label={t('answer')}>
              {attempt.answer ? (
                <Verbatim text={attempt.answer} label={t('answer')} />
              ) : (
                <p className="text-[13px] text-ink-soft">{t('noAnswer')}</p>
              )}
            </Fold>
          )}
        </div>
      )}
    </TimelineLine>
  );
}
