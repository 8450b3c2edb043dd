'use client';

import { useTranslations } from 'next-intl';
import { StatusBadge } from '@/components/status-badge';
import type { OperationSummary } from './operation-view';

/** The state of an operation; while it runs, the step at work. */
export function OperationBadge({ operation }: { operation: Pick<OperationSummary, 'state' | 'step'> }) {
  const t = useTranslations('steps.working');
  const { state, step } = operation;
  const working = state === 'RUNNING' && step !== null;
  return <StatusBadge kind="operation" status={state} {...(working ? { label: t(step) } : {})} />;
}
