'use client';

import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import type { OperationReason } from '../reasons';
import type { OperationState } from './operation-view';

export interface ReasonWords {
  title: string;
  meaning: string;
  next: string;
  /** The panel's own words, where there are any. */
  details: string | null;
}

export const REASON_TONES: Record<OperationState, Tone> = {
  QUEUED: 'blue',
  RUNNING: 'blue',
  WAITING: 'amber',
  UNKNOWN: 'violet',
  SUCCEEDED: 'green',
  FAILED: 'red',
  CANCELLED: 'grey',
};

/** Words for an error kind, "in trouble" for one this version does not know. */
export function useErrorKind(): (kind: string) => string {
  const t = useTranslations('errorKinds');
  return (kind) => (isKey(t, kind) ? t(kind) : t('other'));
}

/** Words for why a server was passed over or left. */
export function useWhyNot(): (why: string) => string {
  const t = useTranslations('placement.why');
  const errorKind = useTranslations('errorKinds');
  return (why) => {
    const word = why.replace(/^server-/, '');
    if (isKey(t, word)) return t(word);
    return isKey(errorKind, word) ? errorKind(word) : t('other');
  };
}

type Lookup<Key extends string> = { has(key: Key): boolean; (key: Key): string };

/** A text exists for this word; words come from the database and may be newer than the texts. */
function isKey<Key extends string>(t: Lookup<Key>, word: string): word is Key {
  // `has` is typed to known keys although answering for unknown ones is its purpose.
  return /^[a-z-]+$/.test(word) && t.has(word as Key);
}

/** What happened, what it means and what to do, in the reader's language. */
export function useReasonWords(): (reason: OperationReason) => ReasonWords {
  const t = useTranslations('reasons');
  const errorKind = useErrorKind();
  const whyNot = useWhyNot();
  return (reason) => {
    const values = {
      server: 'server' in reason ? reason.server.name : '',
      kind: 'kind' in reason ? errorKind(reason.kind) : '',
      group: ('group' in reason && reason.group) || 'none',
      total: 'total' in reason ? reason.total : 0,
      state: 'state' in reason ? whyNot(reason.state) : '',
      percent: 'percent' in reason && reason.percent !== null ? String(Math.round(reason.percent)) : 'none',
      attempt: 'attempt' in reason ? reason.attempt : 0,
      attempts: 'attempts' in reason ? reason.attempts : 0,
      hours: 'hours' in reason ? Math.round(reason.hours * 10) / 10 : 0,
      limit: 'limit' in reason ? reason.limit : 0,
      times: 'times' in reason ? reason.times : 0,
      field: ('field' in reason && reason.field) || 'none',
      by: 'by' in reason ? reason.by : '',
    };
    return {
      title: t(`${reason.code}.title`, values),
      meaning: t(`${reason.code}.meaning`, values),
      next: t(`${reason.code}.next`, values),
      details: detailsOf(reason),
    };
  };
}

function detailsOf(reason: OperationReason): string | null {
  if ('words' in reason) return reason.words || null;
  if ('found' in reason) return reason.found || null;
  if ('note' in reason) return reason.note;
  if ('last' in reason) return reason.last;
  return null;
}
