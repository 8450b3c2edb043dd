'use client';

import { IconKey, IconRobot, IconUser } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { FactList } from '@/components/fact-list';
import { Fold } from '@/components/fold';
import { RelativeTime } from '@/components/relative-time';
import { Tag } from '@/components/status-badge';
import { TextLink } from '@/components/text-link';
import type { RouterOutputs } from '@/trpc/types';
import { AuditChange } from './audit-change';

type Item = RouterOutputs['audit']['list']['items'][number];

/** Where to look at what an entry is about. */
const PAGES: Record<string, string> = {
  Service: '/services',
  Customer: '/customers',
  Product: '/products',
  Server: '/servers',
};

/** Parts of the program that do things by themselves, as entries call them. */
const PROGRAMS = {
  provisioning: 'provisioning',
  'server watch': 'serverWatch',
  'nightly count': 'nightlyCount',
  'planned removal': 'plannedRemoval',
  'A visitor who asked for a mail': 'visitorMail',
  'A visitor with a used code': 'visitorCode',
} as const;
const isProgram = (name: string): name is keyof typeof PROGRAMS => Object.hasOwn(PROGRAMS, name);

/** "Ada signed in": who it is about is said already. */
const ABOUT_ONESELF = new Set(['user.sign-in', 'user.change-password', 'user.set-password', 'user.create-first-admin']);

export function AuditEntryRow({ item }: { item: Item }) {
  const t = useTranslations('audit');
  const { actorType, at, address, reason, before, after, outcome } = item;
  const Icon = actorType === 'user' ? IconUser : actorType === 'key' ? IconKey : IconRobot;
  return (
    <li className="flex gap-3 px-4 py-3.5 sm:px-5">
      <span className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-lg bg-code text-ink-soft">
        <Icon size={16} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
        <p>
          <span className="font-medium">
            <Actor item={item} />
          </span>{' '}
          <span className="text-ink-soft">·</span> <Action item={item} /> <TargetLink item={item} />
        </p>
        <p className="text-[13px] text-ink-soft">
          <RelativeTime at={at} />
          {address && <> · {t('fromAddress', { address })}</>}
          {reason && <> · {t('because', { reason })}</>}
        </p>
        {(before || after || item.requestId) && (
          <div className="mt-1">
            <Fold label={t('details')}>
              <AuditChange before={before} after={after} />
              <FactList
                facts={[
                  { label: t('code'), value: <Mono text={item.action} /> },
                  item.targetId ? { label: t('id'), value: <Mono text={item.targetId} /> } : null,
                  item.requestId ? { label: t('request'), value: <Mono text={item.requestId} /> } : null,
                ]}
              />
            </Fold>
          </div>
        )}
      </div>
      {outcome !== 'done' && <Tag tone="red" label={outcome} />}
    </li>
  );
}

const Mono = ({ text }: { text: string }) => <span className="font-mono text-[13px]">{text}</span>;

function Actor({ item: { actorType, actorName } }: { item: Item }) {
  const t = useTranslations('audit.programs');
  return actorType === 'system' && isProgram(actorName) ? t(PROGRAMS[actorName]) : actorName;
}

function Action({ item: { action } }: { item: Item }) {
  const t = useTranslations('audit.does');
  // Entries of a later version may hold actions that this one has no words for.
  const key = action as Parameters<typeof t>[0];
  return t.has(key) ? t(key) : <span className="font-mono text-[13px]">{action}</span>;
}

function TargetLink({ item: { targetType, targetId, targetName, action } }: { item: Item }) {
  const t = useTranslations('audit.targets');
  const key = targetType as Parameters<typeof t>[0];
  const kind = t.has(key) ? t(key) : targetType;
  if (!targetId || ABOUT_ONESELF.has(action)) return null;
  const words = targetName ?? `${kind} ${targetId.slice(-8)}`;
  const page = PAGES[targetType];
  // What is gone, or never had a page of its own, leads nowhere.
  if (!page || !targetName || action.endsWith('.remove')) return <span className="font-medium">{words}</span>;
  return (
    <span className="font-medium">
      <TextLink href={`${page}/${targetId}`}>{words}</TextLink>
    </span>
  );
}
