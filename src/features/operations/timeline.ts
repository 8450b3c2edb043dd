/**
 * Entries of an operation's timeline (`OperationEvent.type`); texts in messages `timeline.<type>`, `data` fills them.
 * Panel calls are not entries: each is an OperationAttempt, shown between the entries by time.
 */
export const TIMELINE_TYPES = [
  'requested', // { by }
  'server-chosen', // { server, rule }
  'server-left', // { server, why }
  'looked-up', // { server, found: ours | nothing | other | failed, words? }
  'adopted', // { server, remoteId }
  'ownership-proven', // { server, remoteId }
  'gone-before', // { server }
  'read-back', // { server, status }
  'read-back-failed', // { server, words }
  'retry-planned', // { seconds, words }
  'parked', // { code, nextTryAt }
  'went-on', // {}
  'warning', // { words }
  'activated', // { server }
  'changed', // { server, status }
  'superseded', // { by }
  'resolved', // { by, as }
  'mail-queued', // { template, to }
  'mail-sent', // { template, to }
  'mail-waits', // { template, to, words }
  'mail-failed', // { template, to, words }
  'failed', // { code }
  'unknown', // { code }
  'retried', // { by }
  'cancelled', // { by }
  'usage-crossed', // { metric: disk | bandwidth, level: 80 | 90 | 100 }
] as const;
export type TimelineType = (typeof TIMELINE_TYPES)[number];
export type TimelineData = Record<string, string | number | boolean | null>;
