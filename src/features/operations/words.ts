import type { OperationReason } from './reasons';

export interface ReasonWords {
  title: string;
  meaning: string;
  next: string;
  /** The panel's own words, where there are any. */
  details: string | null;
}

/** Looks texts up by key; `has` tells whether one exists, because words come from the database and may be newer. */
export interface ReasonTexts {
  reason(key: string, values: Record<string, string | number>): string;
  errorKind(kind: string): string;
  whyNot(why: string): string;
}

/** What happened, what it means and what to do, in the language of the texts; for pages and mails alike. */
export function reasonWords(reason: OperationReason, texts: ReasonTexts): ReasonWords {
  const values = valuesOf(reason, texts);
  return {
    title: texts.reason(`${reason.code}.title`, values),
    meaning: texts.reason(`${reason.code}.meaning`, values),
    next: texts.reason(`${reason.code}.next`, values),
    details: detailsOf(reason),
  };
}

function valuesOf(reason: OperationReason, { errorKind, whyNot }: ReasonTexts): Record<string, string | number> {
  return {
    server: 'server' in reason ? reason.server.name : '',
    kind: 'kind' in reason ? errorKind(reason.kind) : '',
    group: ('group' in reason && reason.group) || 'none',
    total: 'total' in reason ? reason.total : 0,
    more: 'more' in reason && reason.more ? 'yes' : 'no',
    state: 'state' in reason ? whyNot(reason.state) : '',
    percent: 'percent' in reason && reason.percent !== null ? String(Math.round(reason.percent)) : 'none',
    attempt: 'attempt' in reason ? reason.attempt : 0,
    attempts: 'attempts' in reason ? reason.attempts : 0,
    hours: 'hours' in reason ? Math.round(reason.hours * 10) / 10 : 0,
    limit: 'limit' in reason ? reason.limit : 0,
    times: 'times' in reason ? reason.times : 0,
    field: ('field' in reason && reason.field) || 'none',
    by: 'by' in reason ? reason.by : '',
    endedBy: ('endedBy' in reason && reason.endedBy) || 'probe',
  };
}

function detailsOf(reason: OperationReason): string | null {
  if ('words' in reason) return reason.words || null;
  if ('found' in reason) return reason.found || null;
  if ('note' in reason) return reason.note;
  if ('last' in reason) return reason.last;
  return null;
}
