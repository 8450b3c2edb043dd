'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { useTRPC } from '@/trpc/client';
import { ServerForm } from './server-form';

export function EditServer({ id }: { id: string }) {
  const t = useTranslations('serverForm');
  const page = useTranslations('serverPage');
  const servers = useTranslations('servers.columns');
  const trpc = useTRPC();
  const language = useLocale();
  const server = useQuery(trpc.servers.get.queryOptions({ id }));
  const moduleId = server.data?.moduleId ?? '';
  const module = useQuery({ ...trpc.modules.get.queryOptions({ id: moduleId, language }), enabled: moduleId !== '' });
  if (!server.data || !module.data) {
    const back = { href: `/servers/${id}`, label: server.data?.name ?? servers('server') };
    return (
      <PendingPage title={page('edit')} back={back} query={server.data ? module : server} narrow>
        <Skeleton height={520} radius="lg" />
      </PendingPage>
    );
  }
  return (
    <Page
      title={t('editTitle', { name: server.data.name })}
      back={{ href: `/servers/${id}`, label: server.data.name }}
      narrow
    >
      {/* Begun once: what is loaded again later must not wipe out what was typed. */}
      <ServerForm module={module.data} server={server.data} />
    </Page>
  );
}
