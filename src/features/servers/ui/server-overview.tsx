'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FactList } from '@/components/fact-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { ServerChecks } from '@/features/health/ui/server-checks';
import { ServerUsage } from '@/features/usage/ui/server-usage';
import type { ServerDetail } from './server-form-values';
import { Accounts } from './servers-list';

/** How full it is, how it answers, what it is. */
export function ServerOverview({ server, children }: { server: ServerDetail; children: ReactNode }) {
  const t = useTranslations('serverPage');
  const servers = useTranslations('servers');
  const types = useTranslations('serverTypes');
  const { lastCheckedAt } = server;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="space-y-5">
        <Section title={t('capacity')}>
          <Accounts server={server} />
          {server.unknownCount > 0 && (
            <p className="mt-2 text-[13px] text-ink-soft">{t('unknownAccounts', { count: server.unknownCount })}</p>
          )}
          <p className="mt-2 text-[13px] text-ink-soft">
            {t('runningNow', { running: server.running, limit: server.maxParallel })}
          </p>
        </Section>
        <ServerUsage serverId={server.id} />
        <ServerChecks serverId={server.id} />
        {children}
      </div>
      <Section title={t('facts')}>
        <FactList
          facts={[
            { label: t('fact.hostname'), value: server.hostname },
            { label: t('fact.address'), value: server.ipAddress },
            { label: t('fact.type'), value: types(server.type) },
            {
              label: t('fact.module'),
              value: <TextLink href={`/modules/${server.moduleId}`}>{server.moduleName}</TextLink>,
            },
            {
              label: t('fact.group'),
              value: server.group ? (
                <TextLink href={`/groups/${server.group.id}`}>{server.group.name}</TextLink>
              ) : (
                servers('noGroup')
              ),
            },
            server.version ? { label: t('fact.version'), value: server.version } : null,
            {
              label: t('fact.checked'),
              value: lastCheckedAt ? <RelativeTime at={lastCheckedAt} /> : servers('notChecked'),
            },
            { label: t('fact.services'), value: t('serviceCount', { count: server.serviceCount }) },
            server.tags.length > 0 ? { label: t('fact.tags'), value: server.tags.join(', ') } : null,
            { label: t('fact.added'), value: <RelativeTime at={server.createdAt} /> },
          ]}
        />
      </Section>
    </div>
  );
}
