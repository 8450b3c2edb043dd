'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';
import { functionTitle } from './function-title';

type Fn = NonNullable<RouterOutputs['executor']['status']['own']>['functions'][number];

/** What is run, by what it begins, and when next. */
export function ExecutorFunctions({ functions }: { functions: Fn[] }) {
  const t = useTranslations('executor');
  const format = useFormatter();
  const trigger = ({ events, crons }: Fn) => [...events, ...crons].join(', ');
  return (
    <Section title={t('functions')} aside={functions.length} flush>
      <RecordList
        items={functions}
        label={t('functions')}
        idOf={({ id }) => id}
        name={{ label: t('function'), render: ({ id }) => functionTitle(id), below: (fn) => trigger(fn) }}
        columns={[
          {
            key: 'next',
            label: t('next'),
            render: ({ nextAt }) => (nextAt ? <RelativeTime at={nextAt} /> : t('byEvent')),
          },
          { key: 'completed', label: t('completed24h'), align: 'right', render: (fn) => format.number(fn.completed) },
          { key: 'failed', label: t('failed24h'), align: 'right', render: (fn) => format.number(fn.failed) },
          {
            key: 'retries',
            label: t('retries'),
            from: 'lg',
            align: 'right',
            render: (fn) => format.number(fn.retries),
          },
          { key: 'state', label: t('now'), render: (fn) => <FunctionState fn={fn} /> },
        ]}
        badge={(fn) => <FunctionState fn={fn} />}
        facts={(fn) => (
          <>
            {t('ran24h', { completed: fn.completed, failed: fn.failed })}
            {fn.nextAt && (
              <>
                {' · '}
                {t('next')} <RelativeTime at={fn.nextAt} />
              </>
            )}
          </>
        )}
      />
    </Section>
  );
}

function FunctionState({ fn }: { fn: Fn }) {
  const t = useTranslations('executor');
  if (fn.running > 0) return <Tag tone="blue" working label={t('runningNow', { count: fn.running })} />;
  return <Tag tone={fn.failed > 0 ? 'amber' : 'grey'} label={t('idle')} />;
}
