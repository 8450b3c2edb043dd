'use client';

import { IconServer2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Bar } from '@/components/bar';
import { Section } from '@/components/section';
import { OtherServers } from './other-servers';
import { readPlacement } from './read-placement';

interface WhyThisServerProps {
  placement: { server: { id: string; name: string }; reason: Record<string, unknown> } | null;
}

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
  const { rule, winner, others, counts, total, more, byHand } = readPlacement(placement.reason);
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
      {others.length === 0 ? (
        <p className="mt-4 text-[13px] text-ink-soft">{t('noOthers')}</p>
      ) : (
        <div className="mt-4 border-t border-line pt-3">
          <p className="mb-1.5 text-xs font-semibold text-ink-soft">{t('others')}</p>
          <OtherServers others={others} counts={counts} total={total - 1} more={more} />
        </div>
      )}
    </Section>
  );
}

function isRule(rule: string): rule is 'fill' | 'round-robin' | 'pack' | 'balanced' {
  return ['fill', 'round-robin', 'pack', 'balanced'].includes(rule);
}
