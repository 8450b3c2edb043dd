'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Page } from '@/components/page';
import { useTRPC } from '@/trpc/client';
import { ServerForm } from './server-form';

export function EditServer({ id }: { id: string }) {
  const t = useTranslations('serverForm');
  const trpc = useTRPC();
  const language = useLocale();
  const server = useQuery(trpc.servers.get.queryOptions({ id }));
  const moduleId = server.data?.moduleId ?? '';
  const module = useQuery({ ...trpc.modules.get.queryOptions({ id: moduleId, language }), enabled: moduleId !== '' });
  const failure = server.error ?? module.error;
  if (failure) return <ErrorPanel error={failure} onRetry={() => void server.refetch()} />;
  if (!server.data || !module.data) return <Skeleton height={520} radius="lg" />;
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
