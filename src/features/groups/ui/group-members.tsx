'use client';

import { ActionIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconServer2 } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type DragEvent, useState } from 'react';
import { Bar } from '@/components/bar';
import { EmptyState } from '@/components/empty-state';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { StatusBadge, type StatusOf } from '@/components/status-badge';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Group = RouterOutputs['groups']['get'];
type Member = Group['members'][number];

/** The servers in the group's order; administrators drag them, or move them with buttons, which keys reach too. */
export function GroupMembers({ group }: { group: Group }) {
  const t = useTranslations('groups');
  const { isAdmin } = useMe();
  const { move, said } = useMove(group);
  const drag = useDrag(move);
  const { members, servers } = group;
  // Part of a list cannot be put in order.
  const movable = isAdmin && members.length === servers && servers > 1;
  if (members.length === 0) {
    return (
      <Section title={t('members')}>
        <EmptyState
          icon={<IconServer2 size={22} />}
          title={t('noMembers')}
          text={t('noMembersText')}
          action={<LinkButton href="/servers">{t('toServers')}</LinkButton>}
        />
      </Section>
    );
  }
  return (
    <Section title={t('members')} aside={t('membersCount', { count: servers })} flush>
      {(group.fillType === 'pack' || servers > members.length) && (
        <p className="border-b border-line px-5 pb-3 text-[13px] text-ink-soft">
          {servers > members.length ? t('membersShown', { shown: members.length, all: servers }) : t('orderHelp')}
        </p>
      )}
      <ol className="divide-y divide-line">
        {members.map((member, index) => (
          <li
            key={member.id}
            className={`flex items-center gap-3 px-5 py-3 ${drag.over === index ? 'bg-brand-50 dark:bg-brand-500/15' : ''} ${drag.from === index ? 'opacity-50' : ''}`}
            {...(movable && drag.row(index))}
          >
            {movable && <IconGripVertical size={17} aria-hidden className="-mr-2 shrink-0 cursor-grab text-ink-soft" />}
            <span className="w-6 shrink-0 text-right text-[13px] text-ink-soft tabular-nums">{index + 1}</span>
            <MemberFacts member={member} />
            {movable && (
              <span className="flex shrink-0 gap-1">
                <MoveButton name={member.name} up disabled={index === 0} onMove={() => move(index, index - 1)} />
                <MoveButton name={member.name} disabled={index === servers - 1} onMove={() => move(index, index + 1)} />
              </span>
            )}
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {said}
      </p>
    </Section>
  );
}

/** What keeps a server from work comes before what it is otherwise. */
function statusOf({ isDisabled, held, status }: Member): StatusOf<'server'> {
  if (isDisabled) return 'DISABLED';
  return held ? 'HELD' : status;
}

function MemberFacts({ member }: { member: Member }) {
  const t = useTranslations('groups');
  const { id, name, moduleName, used, limit } = member;
  return (
    <div className="grid min-w-0 flex-1 items-center gap-x-5 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_8rem_6rem] 2xl:grid-cols-[minmax(0,1fr)_8rem_11rem]">
      <div className="min-w-0">
        <Link
          href={`/servers/${id}`}
          className="block truncate text-sm font-medium text-ink no-underline hover:underline"
        >
          {name}
        </Link>
        <span className="block truncate text-[13px] text-ink-soft">{moduleName}</span>
      </div>
      <div>
        <StatusBadge kind="server" status={statusOf(member)} />
      </div>
      <div>
        <p className="mb-1 text-[13px] tabular-nums">
          {limit === null ? t('usedNoLimit', { used }) : t('usedOf', { used, limit })}
        </p>
        {limit !== null && <Bar used={used} limit={limit} />}
      </div>
    </div>
  );
}

interface MoveButtonProps {
  name: string;
  up?: boolean;
  disabled: boolean;
  onMove: () => void;
}

function MoveButton({ name, up = false, disabled, onMove }: MoveButtonProps) {
  const t = useTranslations('groups');
  const Icon = up ? IconArrowUp : IconArrowDown;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={up ? t('moveUp', { name }) : t('moveDown', { name })}
      // A disabled button would lose the focus of who moves a server to the end by keys.
      aria-disabled={disabled}
      data-disabled={disabled || undefined}
      onClick={(event) => {
        if (disabled) return;
        const button = event.currentTarget;
        onMove();
        // The row changes its place in the page, and some browsers drop the focus then.
        requestAnimationFrame(() => button.focus());
      }}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}

function useMove(group: Group) {
  const t = useTranslations('groups');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [said, setSaid] = useState('');
  const key = trpc.groups.get.queryKey({ id: group.id });
  const send = useMutation(
    trpc.groups.orderServers.mutationOptions({
      onError: (error) => notifications.show({ title: t('notMoved'), message: error.message, color: 'red' }),
      onSettled: () => cache.invalidateQueries({ queryKey: trpc.groups.get.pathKey() }),
    }),
  );
  const move = (from: number, to: number) => {
    const members = [...group.members];
    const [moved] = members.splice(from, 1);
    if (!moved || from === to) return;
    members.splice(to, 0, moved);
    cache.setQueryData(key, { ...group, members });
    setSaid(t('moved', { name: moved.name, place: to + 1, count: members.length }));
    send.mutate({ id: group.id, serverIds: members.map(({ id }) => id) });
  };
  return { move, said };
}

/** Rows that a mouse drags to another place. */
function useDrag(move: (from: number, to: number) => void) {
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setFrom(null);
    setOver(null);
  };
  const row = (index: number) => ({
    draggable: true,
    onDragStart: () => setFrom(index),
    onDragOver: (event: DragEvent) => {
      if (from === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (from !== null) move(from, index);
      end();
    },
    onDragEnd: end,
  });
  return { from, over: over === from ? null : over, row };
}
