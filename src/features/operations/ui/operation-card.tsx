'use client';

import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { RelativeTime } from '@/components/relative-time';
import { Countdown, useDuration } from '@/components/time-span';
import { OperationActions } from './operation-actions';
import { OperationBadge } from './operation-badge';
import { OperationEntries } from './operation-entries';
import { isMoving, type OperationView } from './operation-view';
import { ReasonText } from './reason-text';
import { StepProgress } from './step-progress';

interface OperationCardProps {
  operation: OperationView;
  /** The newest one of a service shows all there is; older ones open on demand. */
  open?: boolean;
}

/** One piece of work: what, how it stands and why, its steps, and every entry and call on demand. */
export function OperationCard({ operation, open = false }: OperationCardProps) {
  const t = useTranslations();
  const [opened, { toggle }] = useDisclosure(open);
  const id = useId();
  const { state, reason, nextTryAt } = operation;
  const waits = nextTryAt !== null && isMoving(operation);
  return (
    <article className="rounded-xl border border-line bg-surface" aria-labelledby={`${id}-title`}>
      <div className="flex flex-wrap items-start justify-between gap-3 px-5 pt-4 pb-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 id={`${id}-title`} className="text-[15px] font-semibold">
              {t(`kinds.${operation.kind}`)}
            </h2>
            <OperationBadge operation={operation} />
          </div>
          <p className="mt-1 text-[13px] text-ink-soft">
            <OperationFacts operation={operation} />
            {waits && (
              <>
                {' · '}
                <span className="font-medium text-ink">
                  {t.rich('timeline.nextTry', { when: () => <Countdown to={nextTryAt} /> })}
                </span>
              </>
            )}
          </p>
        </div>
        <OperationActions operation={operation} />
      </div>
      <div className="space-y-4 px-5 pb-4">
        {operation.kind === 'CREATE' && <StepProgress operation={operation} />}
        {reason && state !== 'SUCCEEDED' && <ReasonText reason={reason} state={state} />}
      </div>
      <div className="border-t border-line">
        <UnstyledButton
          onClick={toggle}
          aria-expanded={opened}
          aria-controls={id}
          className="flex w-full items-center justify-between gap-2 rounded-b-xl px-5 py-2.5 text-[13px] font-medium text-ink-soft hover:bg-hover hover:text-ink"
        >
          {opened ? t('timeline.collapse') : t('timeline.expand')}
          <IconChevronDown size={16} aria-hidden className={`transition-transform ${opened ? 'rotate-180' : ''}`} />
        </UnstyledButton>
        <Collapse expanded={opened} id={id}>
          <div className="px-5 pt-2 pb-5">
            <OperationEntries operation={operation} />
          </div>
        </Collapse>
      </div>
    </article>
  );
}

function OperationFacts({ operation }: { operation: OperationView }) {
  const t = useTranslations('timeline');
  const duration = useDuration();
  const { createdAt, finishedAt, attempts, requestedBy } = operation;
  const took = finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(createdAt)) / 1000;
  return (
    <>
      <RelativeTime at={createdAt} />
      {' · '}
      {t('startedBy', { name: requestedBy.name })}
      {' · '}
      {t('attempts', { count: attempts.length })}
      {took !== null && ` · ${t('took', { duration: duration(took) })}`}
    </>
  );
}
