'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { ErrorPanel } from '@/components/error-panel';
import { FactList } from '@/components/fact-list';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { AboutFacts } from '../schema';
import { MailServer } from './mail-server';
import { SettingsForm } from './settings-form';

/** What can be set here, and what the environment of this installation decides. */
export function SettingsPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.get.queryOptions());
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={480} radius="lg" />;
  const { values, mailServer, about } = query.data;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <SettingsForm values={values} />
      <div className="space-y-5">
        <MailServer mailServer={mailServer} />
        <About about={about} />
      </div>
    </div>
  );
}

const EXECUTOR_TONES = { ok: 'green', starting: 'blue', silent: 'red' } as const;

function About({ about }: { about: AboutFacts }) {
  const t = useTranslations('settings');
  const { executor, database } = about;
  const megabytes = Math.max(1, Math.round(database.bytes / 1024 / 1024));
  const copied = (value: string, what: string) => ({ value, aside: <CopyButton value={value} what={what} /> });
  return (
    <Section title={t('about')}>
      <FactList
        facts={[
          { label: t('version'), value: about.version },
          { label: t('address'), ...copied(about.publicUrl, t('address')) },
          {
            label: t('executor'),
            value: (
              <span className="flex flex-wrap items-center gap-2">
                {t(`executors.${executor.mode}`)}
                <Tag tone={EXECUTOR_TONES[executor.state]} label={t(`executorStates.${executor.state}`)} />
              </span>
            ),
          },
          { label: t('database'), value: t('databaseFacts', { version: database.version, size: megabytes }) },
          { label: t('dataFolder'), ...copied(about.dataFolder, t('dataFolder')) },
          { label: t('mode'), value: about.mode },
          { label: 'Node.js', value: about.node },
          {
            label: t('bootId'),
            value: <span className="font-mono text-xs">{about.bootId}</span>,
            aside: <CopyButton value={about.bootId} what={t('bootId')} />,
          },
        ]}
      />
    </Section>
  );
}
