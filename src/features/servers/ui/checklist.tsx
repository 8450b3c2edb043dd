'use client';

import { Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import { Verbatim } from '@/components/verbatim';
import type { RouterOutputs } from '@/trpc/types';

export type CheckAnswer = RouterOutputs['servers']['testConnection'];
export type CheckLine = CheckAnswer['lines'][number];

const STEPS = ['resolved', 'connected', 'certificate', 'signedIn', 'rights', 'version'] as const;
/** What the first half of a test finds out. */
const NETWORK: readonly string[] = STEPS.slice(0, 3);

interface ChecklistProps {
  lines: readonly CheckLine[];
  /** Which half is being found out right now; null = none. */
  running: 'network' | 'panel' | null;
}

/** The lines of a connection test, filled in as they become known. */
export function Checklist({ lines, running }: ChecklistProps) {
  const known = new Map(lines.map((line) => [line.step, line]));
  // Once it is over, steps that this module has no answer for are left out.
  const shown = running === null ? STEPS.filter((step) => known.has(step)) : STEPS;
  return (
    <ol aria-live="polite" aria-busy={running !== null} className="space-y-3">
      {shown.map((step) => (
        <Line
          key={step}
          step={step}
          line={known.get(step)}
          busy={running !== null && NETWORK.includes(step) === (running === 'network')}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  step: (typeof STEPS)[number];
  line: CheckLine | undefined;
  busy: boolean;
}

const TONES: Record<CheckLine['state'], Tone> = { ok: 'green', failed: 'red', skipped: 'grey' };

function Line({ step, line, busy }: LineProps) {
  const t = useTranslations('connectionTest');
  const state = line?.state ?? 'skipped';
  // Missing rights are worth knowing and stop nothing.
  const tone = state === 'failed' && (step === 'rights' || step === 'version') ? 'amber' : TONES[state];
  return (
    <li data-tone={tone} className="flex gap-3 text-sm">
      <span aria-hidden className="mt-0.5 grid size-5 shrink-0 place-items-center text-tone-fg">
        {busy && !line ? <Loader size={16} /> : <StateIcon state={state} />}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{t(`steps.${step}`)}</span>
          <span className={state === 'failed' ? 'text-tone-fg' : 'text-ink-soft'}>
            {line ? (state === 'ok' && line.words) || t(`states.${state}`) : busy ? t('states.busy') : t('states.open')}
          </span>
        </p>
        {line?.state === 'failed' && (
          <div className="mt-1 space-y-1">
            <p className="font-medium">{line.cause}</p>
            <p className="text-ink-soft">{line.cure}</p>
            {line.words && (
              <div className="pt-1">
                <Verbatim text={line.words} />
              </div>
            )}
          </div>
        )}
      </div>
    </li>
  );
}

function StateIcon({ state }: { state: CheckLine['state'] }) {
  if (state === 'ok') return <IconCircleCheck size={19} />;
  return state === 'failed' ? <IconCircleX size={19} /> : <IconCircleDashed size={19} className="text-ink-soft" />;
}
