'use client';

import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import type { OperationReason } from '../reasons';
import { type ReasonWords, reasonWords } from '../words';
import type { OperationState } from './operation-view';

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
  // Each reason has its texts (see the messages test); the pure function builds their keys.
  const say = (key: string, values: Record<string, string | number>) => t(key as Parameters<typeof t>[0], values);
  return (reason) => reasonWords(reason, { reason: say, errorKind, whyNot });
}
