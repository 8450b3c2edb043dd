'use client';

import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconArchive,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPower,
  IconTool,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LinkButton } from '@/components/link-button';
import { ServerLogin } from '@/features/sso/ui/staff-login';
import { useTRPC } from '@/trpc/client';
import { ReasonItem, ReasonModal, type ReasonQuestion } from './reason-modal';
import type { ServerDetail } from './server-form-values';

/** What can be done with a server, as far as its state and the reader's rights go. */
export function ServerActions({ server }: { server: ServerDetail }) {
  const t = useTranslations('serverPage');
  const trpc = useTRPC();
  const me = useQuery(trpc.users.me.queryOptions());
  const questions = useQuestions(server);
  const [asked, setAsked] = useState<ReasonQuestion | null>(null);
  const isAdmin = me.data?.role === 'ADMIN';
  const size = { size: 16, 'aria-hidden': true };
  if (server.archived) return null;
  return (
    <>
      {isAdmin && server.canOpenPanel && <ServerLogin serverId={server.id} name={server.name} />}
      {isAdmin && (
        <LinkButton
          href={`/servers/${server.id}/edit`}
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          {t('edit')}
        </LinkButton>
      )}
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={17} aria-hidden />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ReasonItem icon={<IconTool {...size} />} question={questions.maintenance} onAsk={setAsked} />
          <ReasonItem
            icon={server.held ? <IconPlayerPlay {...size} /> : <IconPlayerPause {...size} />}
            question={server.held ? questions.release : questions.hold}
            onAsk={setAsked}
          />
          {isAdmin && (
            <>
              <ReasonItem icon={<IconPower {...size} />} question={questions.power} onAsk={setAsked} />
              <ReasonItem icon={<IconArchive {...size} />} question={questions.remove} onAsk={setAsked} />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ReasonModal question={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function useQuestions({ id, name, status, isDisabled }: ServerDetail) {
  const t = useTranslations('serverPage.ask');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const options = {
    onSuccess: () => notifications.show({ message: t('done'), color: 'teal' }),
    onSettled: () => cache.invalidateQueries(),
  };
  const maintenance = useMutation(trpc.servers.setMaintenance.mutationOptions(options));
  const hold = useMutation(trpc.servers.hold.mutationOptions(options));
  const release = useMutation(trpc.servers.release.mutationOptions(options));
  const disable = useMutation(trpc.servers.disable.mutationOptions(options));
  const enable = useMutation(trpc.servers.enable.mutationOptions(options));
  const remove = useMutation(trpc.servers.remove.mutationOptions(options));
  const ask = (
    key: 'maintenanceOn' | 'maintenanceOff' | 'hold' | 'release' | 'disable' | 'enable' | 'remove',
    act: ReasonQuestion['act'],
  ) => ({
    label: t(`${key}.label`),
    title: t(`${key}.title`, { name }),
    text: t(`${key}.text`),
    act,
  });
  const on = status !== 'MAINTENANCE';
  return {
    maintenance: {
      ...ask(on ? 'maintenanceOn' : 'maintenanceOff', (reason) =>
        maintenance.mutateAsync({ id, on, ...(reason && { reason }) }),
      ),
      optional: true,
    },
    hold: ask('hold', (reason) => hold.mutateAsync({ id, reason })),
    release: ask('release', (reason) => release.mutateAsync({ id, reason })),
    power: isDisabled
      ? { ...ask('enable', () => enable.mutateAsync({ id })), optional: true }
      : ask('disable', (reason) => disable.mutateAsync({ id, reason })),
    remove: { ...ask('remove', (reason) => remove.mutateAsync({ id, reason })), danger: true },
  } satisfies Record<string, ReasonQuestion>;
}
