'use client';

import { Loader } from '@mantine/core';
import { useTranslations } from 'next-intl';

export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'violet' | 'grey';

/**
 * One look per status, stated once: a dot, a word, a colour. Green is well, blue is working, amber waits or is held,
 * red failed, violet needs a person's look, grey is over or switched off.
 */
export const STATUS_TONES = {
  service: {
    PENDING: 'blue',
    ACTIVE: 'green',
    SUSPENDED: 'grey',
    TERMINATED: 'grey',
    FAILED: 'red',
    CANCELLED: 'grey',
  },
  operation: {
    QUEUED: 'blue',
    RUNNING: 'blue',
    WAITING: 'amber',
    UNKNOWN: 'violet',
    SUCCEEDED: 'green',
    FAILED: 'red',
    CANCELLED: 'grey',
  },
  server: {
    ACTIVE: 'green',
    OFFLINE: 'red',
    MAINTENANCE: 'amber',
    HELD: 'amber',
    DISABLED: 'grey',
    ARCHIVED: 'grey',
  },
  email: { QUEUED: 'amber', SENT: 'green', FAILED: 'red', NO_SERVER: 'amber' },
  run: { running: 'blue', completed: 'green', failed: 'red', cancelled: 'grey' },
  outcome: { done: 'green', refused: 'red', 'not-done': 'amber', unknown: 'violet', open: 'blue' },
} as const satisfies Record<string, Record<string, Tone>>;

export type StatusKind = keyof typeof STATUS_TONES;
export type StatusOf<K extends StatusKind> = keyof (typeof STATUS_TONES)[K] & string;

/** Statuses during which something is being done right now; they carry a spinner instead of a dot. */
const WORKING = ['PENDING', 'RUNNING', 'running', 'open'];

export function toneOf<K extends StatusKind>(kind: K, status: StatusOf<K>): Tone {
  // The table is read by a key of its own kind; TypeScript cannot follow the correlation of the two.
  return (STATUS_TONES[kind] as Record<string, Tone>)[status] ?? 'grey';
}

interface StatusBadgeProps<K extends StatusKind> {
  kind: K;
  status: StatusOf<K>;
  /** Says more than the status alone, for example the step at work. */
  label?: string;
}

export function StatusBadge<K extends StatusKind>({ kind, status, label }: StatusBadgeProps<K>) {
  const t = useTranslations('status');
  // Every status of the table has a text (see the messages test); the template is wider than the union of keys.
  const word = label ?? t(`${kind}.${status}` as Parameters<typeof t>[0]);
  return <Tag tone={toneOf(kind, status)} working={WORKING.includes(status)} label={word} />;
}

interface TagProps {
  tone: Tone;
  label: string;
  working?: boolean;
}

export function Tag({ tone, label, working = false }: TagProps) {
  return (
    <span
      data-tone={tone}
      className="inline-flex max-w-full items-center gap-1.5 rounded-full bg-tone-bg px-2.5 py-0.5 text-[13px] leading-5 font-medium text-tone-fg"
    >
      {working ? (
        <Loader size={10} color="var(--tone-dot)" aria-hidden className="shrink-0" />
      ) : (
        <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-tone-dot" />
      )}
      <span className="truncate">{label}</span>
    </span>
  );
}
