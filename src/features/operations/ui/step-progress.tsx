'use client';

import { Loader } from '@mantine/core';
import { IconCheck, IconClockPause, IconExclamationMark, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import { CREATE_STEPS, type OperationSummary } from './operation-view';

type StepState = 'done' | 'working' | 'waiting' | 'failed' | 'unknown' | 'open';

const TONES: Record<StepState, Tone> = {
  done: 'green',
  working: 'blue',
  waiting: 'amber',
  failed: 'red',
  unknown: 'violet',
  open: 'grey',
};

/** How far each step of a create is. Exported for its test. */
export function stepStates({ state, step }: Pick<OperationSummary, 'state' | 'step'>): StepState[] {
  if (state === 'SUCCEEDED') return CREATE_STEPS.map(() => 'done');
  const at = step === null ? 0 : CREATE_STEPS.indexOf(step);
  return CREATE_STEPS.map((_, index) => {
    if (index < at) return 'done';
    if (index > at || state === 'CANCELLED') return 'open';
    if (state === 'WAITING') return 'waiting';
    if (state === 'FAILED') return 'failed';
    if (state === 'UNKNOWN') return 'unknown';
    return 'working';
  });
}

const WORDS = {
  done: 'SUCCEEDED',
  working: 'RUNNING',
  waiting: 'WAITING',
  failed: 'FAILED',
  unknown: 'UNKNOWN',
  open: 'QUEUED',
} as const satisfies Record<StepState, string>;

function StepIcon({ state }: { state: StepState }) {
  if (state === 'working') return <Loader size={12} color="var(--tone-fg)" />;
  if (state === 'done') return <IconCheck size={14} stroke={2.4} />;
  if (state === 'waiting') return <IconClockPause size={14} stroke={2} />;
  if (state === 'failed') return <IconX size={14} stroke={2.4} />;
  if (state === 'unknown') return <IconExclamationMark size={14} stroke={2.4} />;
  return <span className="size-1.5 rounded-full bg-tone-dot" />;
}

interface StepProgressProps {
  operation: Pick<OperationSummary, 'state' | 'step'>;
  /** Customers read of their account, staff of servers. */
  words?: 'steps' | 'client.page.steps';
}

/** The four steps from order to mail, ticking themselves off. */
export function StepProgress({ operation, words = 'steps' }: StepProgressProps) {
  const t = useTranslations(words);
  const status = useTranslations('status.operation');
  const states = stepStates(operation);
  return (
    <ol className="grid gap-x-3 gap-y-2 sm:grid-cols-4">
      {CREATE_STEPS.map((step, index) => {
        const state = states[index] ?? 'open';
        return (
          <li
            key={step}
            data-tone={TONES[state]}
            aria-current={state === 'working' ? 'step' : undefined}
            className="flex items-center gap-2 sm:flex-col sm:items-start"
          >
            <span className="flex w-auto items-center sm:w-full">
              <span
                aria-hidden
                className="grid size-6 shrink-0 place-items-center rounded-full bg-tone-bg text-tone-fg"
              >
                <StepIcon state={state} />
              </span>
              <span
                aria-hidden
                className={`ml-3 hidden h-0.5 flex-1 rounded-full sm:block ${state === 'done' ? 'bg-tone-dot' : 'bg-line'}`}
              />
            </span>
            <span className={`text-[13px] leading-5 ${state === 'open' ? 'text-ink-soft' : 'font-medium'}`}>
              {t(step)}
              <span className="sr-only"> ({status(WORDS[state])})</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
