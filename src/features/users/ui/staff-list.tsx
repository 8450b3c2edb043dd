'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDeviceDesktop,
  IconDeviceMobileOff,
  IconDots,
  IconKey,
  IconLock,
  IconLockOpen,
  IconUserShield,
} from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton, RecordList } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { PasswordLinkDialog } from './password-link';
import { SessionsDialog } from './sessions';
import { useMe } from './use-me';

type Member = RouterOutputs['users']['list']['items'][number];
type Link = RouterOutputs['users']['renewPasswordLink'];

export function StaffList() {
  const t = useTranslations('staff');
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.users.list.infiniteQueryOptions({}, nextPage));
  const [sessionsOf, setSessionsOf] = useState<Member | null>(null);
  const [link, setLink] = useState<(Link & { name: string }) | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError && items.length === 0)
    return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  const actions = (member: Member) => (
    <MemberMenu
      member={member}
      onSessions={() => setSessionsOf(member)}
      onLink={(made) => setLink({ ...made, name: member.name })}
    />
  );
  return (
    <>
      <Section flush>
        {query.isPending && <ListSkeleton rows={3} />}
        {items.length > 0 && (
          <RecordList
            items={items}
            label={t('title')}
            idOf={({ id }) => id}
            name={{ label: t('columns.name'), render: ({ name }) => name, below: ({ email }) => email }}
            columns={[
              { key: 'role', label: t('columns.role'), render: ({ role }) => t(`roles.${role}`) },
              { key: 'state', label: t('columns.state'), render: ({ state }) => <MemberState state={state} /> },
              {
                key: 'twoFactor',
                label: t('twoFactor'),
                render: ({ twoFactor }) =>
                  twoFactor ? (
                    <Tag tone="green" label={t('twoFactorOn')} />
                  ) : (
                    <span className="text-ink-soft">{t('twoFactorOff')}</span>
                  ),
              },
              {
                key: 'seen',
                label: t('columns.seen'),
                from: 'lg',
                render: ({ lastSeenAt }) =>
                  lastSeenAt ? <RelativeTime at={lastSeenAt} /> : <span className="text-ink-soft">{t('never')}</span>,
              },
              { key: 'actions', label: t('columns.actions'), align: 'right', render: actions },
            ]}
            badge={(member) => (
              <span className="flex items-center gap-1">
                <MemberState state={member.state} /> {actions(member)}
              </span>
            )}
            facts={({ role, twoFactor }) =>
              `${t(`roles.${role}`)} · ${twoFactor ? t('withTwoFactor') : t('withoutTwoFactor')}`
            }
          />
        )}
        <LoadMore query={query} />
      </Section>
      <SessionsDialog
        userId={sessionsOf?.id ?? null}
        title={t('sessionsOf', { name: sessionsOf?.name ?? '' })}
        onClose={() => setSessionsOf(null)}
      />
      <PasswordLinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}

const TONES = { active: 'green', invited: 'amber', disabled: 'grey' } as const;

function MemberState({ state }: Pick<Member, 'state'>) {
  const t = useTranslations('staff');
  return <Tag tone={TONES[state]} label={t(`states.${state}`)} />;
}

interface MemberMenuProps {
  member: Member;
  onSessions: () => void;
  onLink: (link: Link) => void;
}

function MemberMenu({ member: { id, name, role, state, twoFactor }, onSessions, onLink }: MemberMenuProps) {
  const t = useTranslations('staff');
  const trpc = useTRPC();
  const me = useMe();
  const change = useMemberChange(name);
  const update = useMutation(trpc.users.update.mutationOptions(change));
  const disable = useMutation(
    trpc.users.disable.mutationOptions({
      ...change,
      onSuccess: async ({ keys }) => {
        if (keys > 0)
          notifications.show({ message: t('keysToo', { name, count: keys }), color: 'yellow', autoClose: false });
        await change.onSuccess();
      },
    }),
  );
  const reset = useMutation(trpc.twoFactor.reset.mutationOptions(change));
  const enable = useMutation(trpc.users.enable.mutationOptions(change));
  const renew = useMutation(
    trpc.users.renewPasswordLink.mutationOptions({ onSuccess: onLink, onError: change.onError }),
  );
  const other = role === 'ADMIN' ? 'SUPPORT' : 'ADMIN';
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" className="relative" aria-label={t('actionsOf', { name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDeviceDesktop size={16} aria-hidden />} onClick={onSessions}>
          {t('showSessions')}
        </Menu.Item>
        {state !== 'disabled' && (
          <>
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => renew.mutate({ id })}>
              {t('newLink')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconUserShield size={16} aria-hidden />}
              onClick={() => update.mutate({ id, role: other })}
            >
              {t(`make.${other}`)}
            </Menu.Item>
          </>
        )}
        {id !== me.id && (
          <>
            {twoFactor && (
              <Menu.Item
                leftSection={<IconDeviceMobileOff size={16} aria-hidden />}
                onClick={() => reset.mutate({ id })}
              >
                {t('resetTwoFactor')}
              </Menu.Item>
            )}
            <Menu.Divider />
            {state === 'disabled' ? (
              <Menu.Item leftSection={<IconLockOpen size={16} aria-hidden />} onClick={() => enable.mutate({ id })}>
                {t('enable')}
              </Menu.Item>
            ) : (
              <Menu.Item
                color="red"
                leftSection={<IconLock size={16} aria-hidden />}
                onClick={() => disable.mutate({ id })}
              >
                {t('disable')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function useMemberChange(name: string) {
  const t = useTranslations('staff');
  const trpc = useTRPC();
  const cache = useQueryClient();
  return {
    onSuccess: async () => {
      notifications.show({ message: t('changed', { name }), color: 'teal' });
      await cache.invalidateQueries({ queryKey: trpc.users.pathKey() });
    },
    onError: (error: { message: string }) =>
      notifications.show({ title: t('notChanged', { name }), message: error.message, color: 'red', autoClose: 12_000 }),
  };
}
