'use client';

import { useTranslations } from 'next-intl';
import { Fold } from '@/components/fold';
import { Verbatim } from '@/components/verbatim';
import { AttemptEntry } from './attempt-entry';
import type { AttemptView, OperationView, TimelineEvent } from './operation-view';
import { TimelineLine } from './timeline-line';
import { useEventWords } from './timeline-words';

type Entry = { at: string; event: TimelineEvent } | { at: string; attempt: AttemptView };

/** Calls and entries on one line, in the order in which they happened. */
export function mergeEntries({ events, attempts }: Pick<OperationView, 'events' | 'attempts'>): Entry[] {
  const entries: Entry[] = [
    ...events.map((event) => ({ at: event.at, event })),
    ...attempts.map((attempt) => ({ at: attempt.sentAt, attempt })),
  ];
  return entries.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** Everything that happened during one operation, oldest first. */
export function OperationEntries({ operation }: { operation: Pick<OperationView, 'events' | 'attempts'> }) {
  const t = useTranslations('timeline');
  const entries = mergeEntries(operation);
  if (entries.length === 0) return <p className="text-sm text-ink-soft">{t('noEntries')}</p>;
  return (
    <ol aria-label={t('events')}>
      {entries.map((entry) =>
        'attempt' in entry ? (
          <AttemptEntry key={entry.attempt.id} attempt={entry.attempt} />
        ) : (
          <EventEntry key={entry.event.id} event={entry.event} />
        ),
      )}
    </ol>
  );
}

function EventEntry({ event }: { event: TimelineEvent }) {
  const t = useTranslations('timeline');
  const words = useEventWords()(event);
  if (words === null) return <TimelineLine tone="grey" at={event.at} title={event.type} />;
  return (
    <TimelineLine tone={words.tone} at={event.at} title={words.text}>
      {words.details && (
        <Fold label={t('panelWords')}>
          <Verbatim text={words.details} label={t('panelWords')} />
        </Fold>
      )}
    </TimelineLine>
  );
}
