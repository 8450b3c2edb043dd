'use client';

import { IconServer2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { Section } from '@/components/section';
import { useWhyNot } from '@/features/operations/ui/reason-words';
import { readPlacement } from './read-placement';

interface WhyThisServerProps {
  placement: { server: { id: string; name: string }; reason: Record<string, unknown> } | null;
}

const SHOWN = 6;

/** The rule, the winner, and why not the others. */
export function WhyThisServer({ placement }: WhyThisServerProps) {
  const t = useTranslations('placement');
  if (placement === null) {
    return (
      <Section title={t('title')}>
        <p className="text-sm text-ink-soft">{t('none')}</p>
      </Section>
    );
  }
  const { rule, winner, others, total, byHand } = readPlacement(placement.reason);
  const known = isRule(rule) ? rule : 'other';
  return (
    <Section title={t('title')}>
      <div className="flex items-start gap-3">
        <span data-tone="blue" className="grid size-8 shrink-0 place-items-center rounded-lg bg-tone-bg text-tone-fg">
          <IconServer2 size={17} aria-hidden />
        </span>
        <div className="min-w-0 flex-1 text-sm">
          <p>
            {winner &&
              t('winner', {
                server: winner.server || placement.server.name,
                used: winner.used,
                limit: winner.limit === null ? 'none' : String(winner.limit),
              })}
          </p>
          <p className="mt-0.5 text-[13px] text-ink-soft">
            {byHand ? t('byHand', { by: byHand.by }) : t(`rulesLong.${known}`, { rule })}
          </p>
          {byHand?.overrideReason && (
            <p data-tone="amber" className="mt-2 rounded-lg bg-tone-bg px-3 py-2 text-[13px] text-tone-fg">
              {t('overLimit', { reason: byHand.overrideReason })}
            </p>
          )}
          {winner && winner.limit !== null && (
            <div className="mt-2">
              <Bar used={winner.used} limit={winner.limit} />
            </div>
          )}
        </div>
      </div>
      <Others others={others} total={total} />
    </Section>
  );
}

function Others({ others, total }: { others: { serverId: string; server: string; why: string }[]; total: number }) {
  const t = useTranslations('placement');
  const whyNot = useWhyNot();
  const shown = others.slice(0, SHOWN);
  // The winner is counted in the total.
  const hidden = Math.max(others.length, total - 1) - shown.length;
  if (shown.length === 0) return <p className="mt-4 text-[13px] text-ink-soft">{t('noOthers')}</p>;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="text-xs font-semibold text-ink-soft">{t('others')}</p>
      <ul className="mt-1.5 space-y-1.5 text-[13px]">
        {shown.map(({ serverId, server, why }) => (
          <li key={serverId || server}>
            <span className="font-medium">{server}</span>
            <span className="text-ink-soft"> · {whyNot(why)}</span>
          </li>
        ))}
        {hidden > 0 && <li className="text-ink-soft">{t('more', { count: hidden })}</li>}
      </ul>
    </div>
  );
}

function isRule(rule: string): rule is 'fill' | 'round-robin' | 'pack' | 'balanced' {
  return ['fill', 'round-robin', 'pack', 'balanced'].includes(rule);
}
