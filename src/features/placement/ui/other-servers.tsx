'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import type { Tone } from '@/components/status-badge';
import { TextLink } from '@/components/text-link';
import { useWhyNot } from '@/features/operations/ui/reason-words';
import type { WhyNot } from '../words';

export interface Other {
  serverId: string;
  server: string;
  why: string;
  used?: number | undefined;
  /** null = no limit; undefined = not written down */
  limit?: number | null | undefined;
}

interface OtherServersProps {
  others: Other[];
  /** How many of all there are for which reason, also those without a name here; not given = those named are all. */
  counts?: Record<string, number> | undefined;
  /** There are more than were counted. */
  more?: boolean | undefined;
}

/** So many are simply named; more are counted by reason first. */
const NAMED = 6;

const TONES: Record<WhyNot, Tone> = {
  behind: 'blue',
  'by-hand': 'blue',
  full: 'amber',
  'full-for-product': 'amber',
  'just-left': 'amber',
  held: 'red',
  offline: 'red',
  'module-inactive': 'red',
  'missing-tag': 'violet',
  'wrong-type': 'violet',
  disabled: 'grey',
  maintenance: 'grey',
};
const toneOf = (why: string): Tone => (Object.hasOwn(TONES, why) ? TONES[why as WhyNot] : 'grey');

/** Servers that did not get the order, each with why not; of many, a picture of the reasons first. */
export function OtherServers({ others, counts = {}, more = false }: OtherServersProps) {
  const whyNot = useWhyNot();
  const total = Math.max(
    others.length,
    Object.values(counts).reduce((sum, count) => sum + count, 0),
  );
  if (total > NAMED) return <ByReason others={others} counts={counts} total={total} more={more} />;
  return (
    <ul className="w-full space-y-1 text-[13px]">
      {others.map((other) => (
        <li key={other.serverId || other.server}>
          <Name {...other} />
          <span className="text-ink-soft">
            {' · '}
            {whyNot(other.why)}
            <Figures {...other} before=" · " />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How many for which reason, most first: a bar for those who look, its legend for everybody, names on demand. */
function ByReason({ others, counts, total, more }: Required<OtherServersProps> & { total: number }) {
  const t = useTranslations('placement');
  const whyNot = useWhyNot();
  const [named, { toggle }] = useDisclosure(false);
  const reasons = countReasons(others, counts);
  return (
    <div className="w-full text-[13px]">
      <div aria-hidden className="flex h-2 w-full gap-0.5 overflow-hidden rounded-full">
        {reasons.map(({ why, count }) => (
          <span
            key={why}
            data-tone={toneOf(why)}
            className="min-w-1 bg-tone-dot"
            style={{ width: `${(count / total) * 100}%` }}
          />
        ))}
      </div>
      <ul className="mt-2 space-y-1">
        {reasons.map(({ why, count, servers }) => (
          <li key={why}>
            <span data-tone={toneOf(why)} className="flex items-baseline gap-2">
              <span aria-hidden className="size-2 shrink-0 rounded-full bg-tone-dot" />
              <span className="font-medium tabular-nums">{count}</span>{' '}
              <span className="text-ink-soft">{whyNot(why)}</span>
            </span>
            {named && servers.length > 0 && (
              <ul className="mt-1 mb-3 flex flex-wrap gap-x-4 gap-y-0.5 pl-4">
                {servers.map((server) => (
                  <li key={server.serverId || server.server}>
                    <Name {...server} />{' '}
                    <span className="text-ink-soft">
                      <Figures {...server} />
                    </span>
                  </li>
                ))}
                {count > servers.length && (
                  <li className="text-ink-soft">{t('more', { count: count - servers.length })}</li>
                )}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {more && <p className="mt-2 text-ink-soft">{t('counted', { count: total })}</p>}
      {others.length > 0 && (
        <Button variant="subtle" size="compact-xs" className="-ml-2 mt-2" aria-expanded={named} onClick={toggle}>
          {named
            ? t('hideNames')
            : t('showNames', { count: others.length, all: others.length === total ? 'yes' : 'no' })}
        </Button>
      )}
    </div>
  );
}

/** What an older version wrote has no counts: those with a name are counted. */
function countReasons(others: Other[], counts: Record<string, number>) {
  const words = [...new Set([...Object.keys(counts), ...others.map(({ why }) => why)])];
  return words
    .map((why) => {
      const servers = others.filter((other) => other.why === why);
      return { why, servers, count: Math.max(counts[why] ?? 0, servers.length) };
    })
    .sort((one, other) => other.count - one.count);
}

/** Leads to the server's page; what an older version wrote may lack the id. */
function Name({ serverId, server }: Other) {
  return (
    <span className="font-medium">
      {serverId ? <TextLink href={`/servers/${serverId}`}>{server}</TextLink> : server}
    </span>
  );
}

/** How full the server was, where that was written down. */
function Figures({ used, limit, before = '' }: Pick<Other, 'used' | 'limit'> & { before?: string }) {
  const t = useTranslations('groups');
  if (used === undefined || limit === undefined) return null;
  return before + (limit === null ? t('usedNoLimit', { used }) : t('usedOf', { used, limit }));
}
