'use client';

import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconPlayerPause } from '@tabler/icons-react';
import { useFormatter, useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import type { Tone } from '@/components/status-badge';
import type { RouterOutputs } from '@/trpc/types';

type PageData = RouterOutputs['executor']['status'];

const LOOKS: Record<PageData['state'], { icon: typeof IconCircleCheck; tone: Tone }> = {
  ok: { icon: IconCircleCheck, tone: 'green' },
  starting: { icon: IconLoader2, tone: 'blue' },
  silent: { icon: IconPlayerPause, tone: 'red' },
  stalled: { icon: IconAlertTriangle, tone: 'red' },
};

/** One sentence about how it is, and the figures that hold for every executor. */
export function ExecutorHealth({ page }: { page: PageData }) {
  const t = useTranslations('executor');
  const modes = useTranslations('settings.executors');
  const format = useFormatter();
  const { state, mode, heartbeatAt, stalled, work, own } = page;
  const { icon: Icon, tone } = LOOKS[state];
  const figures = [
    { label: t('queued'), value: format.number(work.queued) },
    { label: t('running'), value: format.number(work.running) },
    { label: t('finished'), value: format.number(work.finishedLastHour) },
    { label: t('heartbeat'), value: heartbeatAt ? <RelativeTime at={heartbeatAt} /> : t('never') },
  ];
  return (
    <Section>
      <div data-tone={tone} className="flex items-start gap-4" role={tone === 'red' ? 'alert' : undefined}>
        <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-tone-bg text-tone-fg">
          <Icon size={22} aria-hidden />
        </span>
        <div className="min-w-0">
          <h2 className="text-[15px] font-semibold">{t(`states.${state}`)}</h2>
          <p className="max-w-2xl text-sm text-ink-soft">
            {state === 'stalled' && stalled ? t('stalledText', { ...stalled }) : t(`stateTexts.${state}`)}
          </p>
        </div>
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
        {figures.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-[13px] text-ink-soft">{label}</dt>
            <dd className="m-0 mt-0.5 text-[15px] font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-5 border-t border-line pt-3 text-[13px] text-ink-soft">
        {modes(mode)}
        {own && own.processes.length > 0 && (
          <>
            {' · '}
            {t('processes', { count: own.processes.length })}
            {': '}
            {own.processes.map(({ id, host, startedAt }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                {t('process', { host })} <RelativeTime at={startedAt} />
              </span>
            ))}
          </>
        )}
      </p>
    </Section>
  );
}
