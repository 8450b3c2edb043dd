'use client';

import { Collapse, Skeleton, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { RelativeTime } from '@/components/relative-time';
import { TextLink } from '@/components/text-link';
import { Countdown } from '@/components/time-span';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { OperationActions } from './operation-actions';
import { OperationBadge } from './operation-badge';
import { OperationEntries } from './operation-entries';
import { isMoving } from './operation-view';
import { ReasonText } from './reason-text';
import { useReasonWords } from './reason-words';
import { RetryButton } from './retry-button';

type Item = RouterOutputs['operations']['list']['items'][number];

/** One line of the queue; opens into the reason and everything that happened. */
export function OperationRow({ operation }: { operation: Item }) {
  const t = useTranslations();
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  const { service, state, reason, nextTryAt } = operation;
  const retryable = state === 'FAILED' || state === 'UNKNOWN';
  const name = service.domain ?? service.productName;
  return (
    <li>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 md:flex-nowrap">
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-sm font-medium [overflow-wrap:anywhere]">
            {t(`kinds.${operation.kind}`)}
            {' · '}
            <TextLink href={`/services/${service.id}`}>{name}</TextLink>
          </p>
          <p className="mt-0.5 text-[13px] text-ink-soft">
            {service.customerName}
            {operation.server && (
              <>
                {' · '}
                <TextLink href={`/servers/${operation.server.id}`}>{operation.server.name}</TextLink>
              </>
            )}{' '}
            · {operation.attemptCount > 0 && `${t('timeline.attempts', { count: operation.attemptCount })} · `}
            <RelativeTime at={operation.createdAt} />
          </p>
          {reason && state !== 'SUCCEEDED' && !opened && <ShortReason reason={reason} />}
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {nextTryAt && isMoving(operation) && (
            <span className="text-[13px] text-ink-soft">
              {t.rich('timeline.nextTry', { when: () => <Countdown to={nextTryAt} /> })}
            </span>
          )}
          <OperationBadge operation={operation} />
          {retryable && !opened && <RetryButton operationId={operation.id} />}
          <UnstyledButton
            onClick={toggle}
            aria-expanded={opened}
            aria-controls={id}
            aria-label={`${opened ? t('timeline.collapse') : t('timeline.expand')}: ${name}`}
            className="grid size-8 place-items-center rounded-lg text-ink-soft hover:bg-hover hover:text-ink"
          >
            <IconChevronDown size={18} aria-hidden className={`transition-transform ${opened ? 'rotate-180' : ''}`} />
          </UnstyledButton>
        </div>
      </div>
      <Collapse expanded={opened} id={id}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          {reason && state !== 'SUCCEEDED' && <ReasonText reason={reason} state={state} />}
          {opened && <Entries id={operation.id} moving={isMoving(operation)} />}
        </div>
      </Collapse>
    </li>
  );
}

function ShortReason({ reason }: { reason: NonNullable<Item['reason']> }) {
  const { title } = useReasonWords()(reason);
  return <p className="mt-1 text-[13px] [overflow-wrap:anywhere]">{title}</p>;
}

function Entries({ id, moving }: { id: string; moving: boolean }) {
  const trpc = useTRPC();
  const query = useQuery({ ...trpc.operations.get.queryOptions({ id }), refetchInterval: moving ? 1000 : false });
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={90} radius="md" />;
  return (
    <>
      <OperationActions operation={query.data} />
      <OperationEntries operation={query.data} />
    </>
  );
}
