'use client';

import '@mantine/spotlight/styles.layer.css';
import { Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import {
  IconArrowRight,
  IconListDetails,
  IconPackage,
  IconPlus,
  IconSearch,
  IconServer2,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { StatusBadge } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { COMMANDS, matches } from './commands';

export interface PalettePage {
  href: string;
  label: string;
  icon: TablerIcon;
}

interface PaletteProps {
  pages: PalettePage[];
  isAdmin: boolean;
  onClose: () => void;
}

const [store, { open }] = createSpotlight();
const PAUSE_MS = 150;

/** Goes to anything by its name, and begins anything by its verb; arrows choose, Enter goes. */
export function Palette({ pages, isAdmin, onClose }: PaletteProps) {
  const t = useTranslations('palette');
  const trpc = useTRPC();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const query = useQuery({
    ...trpc.search.find.queryOptions({ text: text.slice(0, 100) }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  useEffect(() => open(), []);
  const found = typed.trim() === '' ? undefined : query.data;
  const commands = COMMANDS.filter(
    ({ key, adminOnly }) => (isAdmin || !adminOnly) && matches(typed, t(`commands.${key}`)),
  );
  const shownPages = pages.filter(({ label }) => matches(typed, label));
  const hits = found ? Object.values(found).reduce((sum, list) => sum + list.length, 0) : 0;
  const nothing = hits + commands.length + shownPages.length === 0;
  const go = (href: string) => router.push(href);
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      onSpotlightClose={onClose}
      scrollable
      maxHeight="min(60dvh, 480px)"
      centered={false}
      yOffset="12dvh"
      // The dialog's name is for people who hear the page; the field says the same to the others.
      title={t('open')}
      classNames={{ header: 'sr-only' }}
    >
      <Spotlight.Search
        aria-label={t('placeholder')}
        placeholder={t('placeholder')}
        leftSection={query.isFetching ? <Loader size={16} /> : <IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {found && <Hits found={found} go={go} />}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('do')}>
            {commands.map(({ key, href }) => (
              <Entry key={key} icon={IconPlus} title={t(`commands.${key}`)} onGo={() => go(href)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {shownPages.length > 0 && (
          <Spotlight.ActionsGroup label={t('goTo')}>
            {shownPages.map(({ href, label, icon }) => (
              <Entry key={href} icon={icon} title={label} onGo={() => go(href)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && (
          <Spotlight.Empty>
            {query.isError ? query.error.message : query.isFetching ? t('looking') : t('nothing')}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

type Found = RouterOutputs['search']['find'];

function Hits({ found, go }: { found: Found; go: (href: string) => void }) {
  const t = useTranslations('palette');
  const kinds = useTranslations('kinds');
  const short = (id: string) => t('unnamed', { id: id.slice(-8) });
  return (
    <>
      {found.services.length > 0 && (
        <Spotlight.ActionsGroup label={t('services')}>
          {found.services.map(({ id, name, product, customer, status }) => (
            <Entry
              key={id}
              icon={IconPackage}
              title={name ?? short(id)}
              below={`${product} · ${customer}`}
              right={<StatusBadge kind="service" status={status} />}
              onGo={() => go(`/services/${id}`)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.servers.length > 0 && (
        <Spotlight.ActionsGroup label={t('servers')}>
          {found.servers.map(({ id, name, hostname, status, isHeld, isDisabled }) => (
            <Entry
              key={id}
              icon={IconServer2}
              title={name}
              below={hostname}
              right={<StatusBadge kind="server" status={isDisabled ? 'DISABLED' : isHeld ? 'HELD' : status} />}
              onGo={() => go(`/servers/${id}`)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.customers.length > 0 && (
        <Spotlight.ActionsGroup label={t('customers')}>
          {found.customers.map(({ id, name, email }) => (
            <Entry key={id} icon={IconUser} title={name} below={email} onGo={() => go(`/customers/${id}`)} />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.operations.length > 0 && (
        <Spotlight.ActionsGroup label={t('operations')}>
          {found.operations.map(({ id, kind, state, serviceId, service }) => (
            <Entry
              key={id}
              icon={IconListDetails}
              title={kinds(kind)}
              below={service ?? short(serviceId)}
              right={<StatusBadge kind="operation" status={state} />}
              onGo={() => go(`/services/${serviceId}`)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
    </>
  );
}

interface EntryProps {
  icon: TablerIcon;
  title: string;
  below?: string;
  right?: ReactNode;
  onGo: () => void;
}

function Entry({ icon: Icon, title, below, right, onGo }: EntryProps) {
  return (
    <Spotlight.Action onClick={onGo}>
      <span className="flex w-full min-w-0 items-center gap-3 text-sm">
        <Icon size={18} stroke={1.7} aria-hidden className="shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          {below && <span className="block truncate text-[13px] text-ink-soft">{below}</span>}
        </span>
        {right ?? <IconArrowRight size={15} aria-hidden className="shrink-0 text-ink-soft" />}
      </span>
    </Spotlight.Action>
  );
}
