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
  /** How many there are in all, where an older version counted no reasons. */
  total?: number | undefined;
  /** There are more than were counted. */
  more?: boolean | undefined;
  /** Where a click must not lead away from what was typed. */
  plain?: boolean;
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
export function OtherServers({ others, counts = {}, total = 0, more = false, plain = false }: OtherServersProps) {
  const whyNot = useWhyNot();
  const reasons = countReasons(others, counts);
  const counted = reasons.reduce((sum, { count }) => sum + count, 0);
  const all = Math.max(counted, total);
  if (all > NAMED || all > others.length) {
    return <ByReason reasons={reasons} named={others.length} counted={counted} all={all} more={more} plain={plain} />;
  }
  return (
    <ul className="w-full space-y-1 text-[13px]">
      {others.map((other) => (
        <li key={other.serverId || other.server}>
          <Name {...other} plain={plain} />
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

interface ByReasonProps {
  reasons: ReturnType<typeof countReasons>;
  named: number;
  counted: number;
  all: number;
  more: boolean;
  plain: boolean;
}

/** How many for which reason, most first: a bar for those who look, its legend for everybody, names on demand. */
function ByReason({ reasons, named, counted, all, more, plain }: ByReasonProps) {
  const t = useTranslations('placement');
  const whyNot = useWhyNot();
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div className="w-full text-[13px]">
      <div aria-hidden className="flex h-2 w-full gap-0.5 overflow-hidden rounded-full">
        {reasons.map(({ why, count }) => (
          <span
            key={why}
            data-tone={toneOf(why)}
            className="min-w-1 bg-tone-dot"
            style={{ width: `${(count / counted) * 100}%` }}
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
            {opened && servers.length > 0 && (
              <ul className="mt-1 mb-3 flex flex-wrap gap-x-4 gap-y-0.5 pl-4">
                {servers.map((server) => (
                  <li key={server.serverId || server.server}>
                    <Name {...server} plain={plain} />{' '}
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
        {all > counted && <li className="text-ink-soft">{t('more', { count: all - counted })}</li>}
      </ul>
      {more && <p className="mt-2 text-ink-soft">{t('counted', { count: counted })}</p>}
      {named > 0 && (
        <Button variant="subtle" size="compact-xs" className="-ml-2 mt-2" aria-expanded={opened} onClick={toggle}>
          {opened ? t('hideNames') : t('showNames', { count: named, all: named === all ? 'yes' : 'no' })}
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
function Name({ serverId, server, plain }: Other & { plain: boolean }) {
  return (
    <span className="font-medium">
      {serverId && !plain ? <TextLink href={`/servers/${serverId}`}>{server}</TextLink> : server}
    </span>
  );
}

/** How full the server was, where that was written down. */
function Figures({ used, limit, before = '' }: Pick<Other, 'used' | 'limit'> & { before?: string }) {
  const t = useTranslations('groups');
  if (used === undefined || limit === undefined) return null;
  return before + (limit === null ? t('usedNoLimit', { used }) : t('usedOf', { used, limit }));
}
