'use client';

import { Button, Loader, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { FormProblem } from '@/components/form-problem';
import { StatusBadge } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import type { OperationFilter } from './read-operation-filters';
import { useRetryMatching } from './use-retry-matching';

type Count = RouterOutputs['operations']['countRetryable'];

/** Retries everything that fits the filter, shown or not, after telling how much that is. */
export function RetryMatching({ filter }: { filter: OperationFilter }) {
  const t = useTranslations('operations.retryMatching');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const count = useQuery({
    ...trpc.operations.countRetryable.queryOptions(filter),
    placeholderData: keepPreviousData,
  });
  const work = useRetryMatching(filter);
  const end = () => {
    work.stop();
    close();
  };
  const some = count.data !== undefined && count.data.count > 1;
  const label = count.data && !count.data.more ? t('label', { count: count.data.count }) : t('labelMore');
  const ask = () => {
    work.reset();
    open();
  };
  return (
    <>
      {some && (
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={ask}>
          {label}
        </Button>
      )}
      <Modal opened={opened} onClose={end} title={t('title')} closeButtonProps={{ 'aria-label': actions('close') }}>
        <div className="space-y-4">
          {work.error && <FormProblem title={t('refused')} text={work.error} />}
          {work.state === 'asking' ? count.data && <Preview count={count.data} /> : <Progress work={work} />}
          <div className="flex justify-end gap-2">
            {work.state === 'running' ? (
              <Button variant="default" onClick={work.stop}>
                {t('stop')}
              </Button>
            ) : (
              <Button variant="default" onClick={end} data-autofocus>
                {work.state === 'asking' ? actions('cancel') : actions('close')}
              </Button>
            )}
            {work.state === 'asking' && (
              <Button onClick={() => void work.start()} disabled={!count.data || count.data.count === 0}>
                {label}
              </Button>
            )}
          </div>
        </div>
      </Modal>
    </>
  );
}

const STATES = ['FAILED', 'UNKNOWN', 'WAITING'] as const;

function Preview({ count: { count, more, states } }: { count: Count }) {
  const t = useTranslations('operations.retryMatching');
  return (
    <>
      <p className="font-medium">{t(more ? 'countMore' : 'count', { count })}</p>
      {!more && (
        <ul className="space-y-1.5 text-sm">
          {STATES.filter((state) => states[state] > 0).map((state) => (
            <li key={state} className="flex items-center gap-2 tabular-nums">
              <StatusBadge kind="operation" status={state} /> {states[state]}
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm text-ink-soft">{t('text')}</p>
    </>
  );
}

function Progress({ work: { state, retried, left } }: { work: ReturnType<typeof useRetryMatching> }) {
  const t = useTranslations('operations.retryMatching');
  const leftCount = left.reduce((sum, { count }) => sum + count, 0);
  return (
    <div role="status" className="space-y-2 text-sm">
      {state === 'running' ? (
        <p className="flex items-center gap-2 font-medium">
          <Loader size={16} aria-hidden /> {t('running', { done: retried })}
        </p>
      ) : (
        <p className="font-medium">{t('done', { retried, left: leftCount })}</p>
      )}
      {left.length > 0 && (
        <ul className="max-h-56 space-y-1 overflow-auto rounded-lg border border-line p-3 text-[13px] text-ink-soft">
          {left.map(({ why, count }) => (
            <li key={why} className="[overflow-wrap:anywhere]">
              {t('leftLine', { count, why })}
            </li>
          ))}
        </ul>
      )}
      {state === 'stopped' && <p className="text-ink-soft">{t('stopped')}</p>}
    </div>
  );
}
