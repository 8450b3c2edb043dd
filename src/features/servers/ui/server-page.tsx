'use client';

import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Breakable } from '@/components/breakable';
import { StaleNote } from '@/components/error-panel';
import { FormProblem } from '@/components/form-problem';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { useUrlFilters } from '@/components/use-url-filters';
import { TabLinks } from '@/features/operations/ui/tab-links';
import { LoginTrouble } from '@/features/sso/ui/login-trouble';
import { useTRPC } from '@/trpc/client';
import { Checklist } from './checklist';
import { HeldNotice } from './held-notice';
import { ServerActions } from './server-actions';
import type { ServerDetail } from './server-form-values';
import { ServerOverview } from './server-overview';
import { ServerAccounts, ServerAudit, ServerOperations } from './server-records';
import { ServerSettings } from './server-settings';
import { serverStatus } from './servers-list';
import { useServerTest } from './use-connection-test';

const TABS = ['overview', 'accounts', 'operations', 'settings', 'audit'] as const;

/** One server: how it is, what lives there, what was done. */
export function ServerPage({ id }: { id: string }) {
  const servers = useTranslations('servers');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.servers.get.queryOptions({ id }),
    refetchInterval: ({ state }) => (state.data?.held || (state.data?.running ?? 0) > 0 ? 1000 : false),
  });
  const back = { href: '/servers', label: servers('title') };
  const { data: server } = query;
  if (!server) return <PendingPage title={servers('columns.server')} back={back} query={query} />;
  return (
    <Page
      title={server.name}
      back={back}
      lead={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusBadge kind="server" status={serverStatus(server)} />
          <span>{server.moduleName}</span>
          <span className="[overflow-wrap:anywhere]">
            <Breakable text={server.hostname} />
          </span>
        </span>
      }
      actions={<ServerActions server={server} />}
    >
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <ServerTabs server={server} />
    </Page>
  );
}

function ServerTabs({ server }: { server: ServerDetail }) {
  const t = useTranslations('serverPage');
  const [{ tab }, setFilters] = useUrlFilters(['tab'] as const);
  const shown = TABS.find((one) => one === tab) ?? 'overview';
  return (
    <>
      <LoginTrouble staff />
      <HeldNotice server={server} />
      <div className="mb-5">
        <TabLinks
          label={server.name}
          value={shown}
          options={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          onChange={(next) => setFilters({ tab: next === 'overview' ? '' : next })}
        />
      </div>
      {shown === 'overview' && (
        <ServerOverview server={server}>
          <ConnectionCard server={server} />
        </ServerOverview>
      )}
      {shown === 'accounts' && <ServerAccounts serverId={server.id} />}
      {shown === 'operations' && <ServerOperations serverId={server.id} />}
      {shown === 'settings' && <ServerSettings server={server} />}
      {shown === 'audit' && <ServerAudit serverId={server.id} />}
    </>
  );
}

function ConnectionCard({ server }: { server: ServerDetail }) {
  const t = useTranslations('serverPage');
  const cache = useQueryClient();
  const test = useServerTest(server.id);
  const start = async () => {
    await test.start();
    await cache.invalidateQueries();
  };
  if (server.archived) return null;
  return (
    <Section
      title={t('connection')}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlugConnected size={15} aria-hidden />}
          loading={test.running !== null}
          onClick={() => void start()}
        >
          {t('test')}
        </Button>
      }
    >
      {test.error && <FormProblem title={t('refused')} text={test.error.message} />}
      {test.lines.length > 0 || test.running ? (
        <Checklist lines={test.lines} running={test.running} />
      ) : (
        <p className="text-sm text-ink-soft">{t('testHelp')}</p>
      )}
    </Section>
  );
}
