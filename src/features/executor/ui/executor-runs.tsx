'use client';

import { IconCircleCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { useDuration } from '@/components/time-span';
import type { RouterOutputs } from '@/trpc/types';
import { functionTitle } from './function-title';

type Run = NonNullable<RouterOutputs['executor']['status']['own']>['recent'][number];

const PAGES = { service: '/services', email: '/emails', server: '/servers' };

interface RunsProps {
  runs: Run[];
  title: string;
  empty: string;
  /** That there are none is good. */
  well?: boolean;
}

/** Runs, newest first; each leads to what it was about. */
export function ExecutorRuns({ runs, title, empty, well = false }: RunsProps) {
  const t = useTranslations('executor');
  const duration = useDuration();
  const took = ({ startedAt, endedAt }: Run) =>
    endedAt ? duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : '';
  if (runs.length === 0) {
    return (
      <Section title={title} flush>
        <EmptyState
          icon={well ? <IconCircleCheck size={22} /> : <IconPlayerPlay size={22} />}
          title={empty}
          text={well ? t('failedNoneText') : t('recentNoneText')}
        />
      </Section>
    );
  }
  return (
    <Section title={title} flush>
      <RecordList
        items={runs}
        label={title}
        idOf={({ id }) => id}
        name={{
          label: t('about'),
          render: ({ about, functionId }) => about?.title ?? functionTitle(functionId),
          below: ({ error, about, functionId }) => error ?? (about ? functionTitle(functionId) : null),
        }}
        hrefOf={({ about }) => about && `${PAGES[about.kind]}/${about.id}`}
        columns={[
          { key: 'began', label: t('began'), render: ({ startedAt }) => <RelativeTime at={startedAt} /> },
          { key: 'took', label: t('took'), from: 'lg', render: took },
          { key: 'status', label: t('status'), render: ({ status }) => <StatusBadge kind="run" status={status} /> },
        ]}
        badge={({ status }) => <StatusBadge kind="run" status={status} />}
        facts={(run) => (
          <>
            {functionTitle(run.functionId)} · <RelativeTime at={run.startedAt} />
          </>
        )}
      />
    </Section>
  );
}
