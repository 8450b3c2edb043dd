'use client';

import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import type { ReasonCode } from '../reasons';
import { TIMELINE_TYPES, type TimelineType } from '../timeline';
import type { TimelineEvent } from './operation-view';
import { useWhyNot } from './reason-words';

const TONES: Partial<Record<TimelineType, Tone>> = {
  'server-chosen': 'blue',
  'server-left': 'amber',
  adopted: 'green',
  'read-back': 'green',
  'read-back-failed': 'amber',
  'retry-planned': 'amber',
  parked: 'amber',
  warning: 'amber',
  activated: 'green',
  'mail-sent': 'green',
  'mail-waits': 'amber',
  'mail-failed': 'red',
  failed: 'red',
  unknown: 'violet',
};

export interface EventWords {
  text: string;
  tone: Tone;
  /** Somebody else's words about it. */
  details: string | null;
}

function isType(type: string): type is TimelineType {
  return TIMELINE_TYPES.some((known) => known === type);
}

/** One line for an entry of the timeline; null for an entry that this version does not know. */
export function useEventWords(): (event: TimelineEvent) => EventWords | null {
  const t = useTranslations('timeline');
  const reasons = useTranslations('reasons');
  const rules = useTranslations('placement.rules');
  const whyNot = useWhyNot();
  return ({ type, data }) => {
    if (!isType(type)) return null;
    const read = (key: string) => textOf(data, key);
    // The program wrote it from its list of codes; the texts decide, so that the list itself stays out of the browser.
    const stored = read('code') as ReasonCode;
    const code = stored && reasons.has(`${stored}.short`) ? stored : 'unexpected';
    const rule = read('rule');
    const text = t(type, {
      by: read('by'),
      server: read('server'),
      to: read('to'),
      // `other` is the arm that catches all in the message format, so the panel's "other" has a name of its own there.
      found: read('found') === 'other' ? 'stranger' : read('found'),
      seconds: Math.round(Number(read('seconds'))) || 0,
      why: whyNot(read('why')),
      rule: isRule(rule) ? rules(rule) : rules('other'),
      reason: reasons(`${code}.short`),
    });
    return { text, tone: TONES[type] ?? 'grey', details: read('words') || null };
  };
}

function isRule(rule: string): rule is 'fill' | 'round-robin' | 'pack' | 'balanced' {
  return ['fill', 'round-robin', 'pack', 'balanced'].includes(rule);
}

function textOf(data: unknown, key: string): string {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
