'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { Section } from '@/components/section';
import { StatusBadge, Tag } from '@/components/status-badge';
import { StepProgress } from '@/features/operations/ui/step-progress';
import type { RouterOutputs } from '@/trpc/types';
import { shortId } from './service-name';

export type MyService = RouterOutputs['my']['service'];

/** How it stands, in a sentence; while work runs, how far it is. */
export function MyStatus({ service }: { service: MyService }) {
  const t = useTranslations('client');
  const { work, status } = service;
  const stuck = work?.stuck || status === 'FAILED';
  return (
    <Section>
      <div role="status" className="space-y-3">
        {stuck ? (
          <Tag tone="amber" label={t('page.stuck')} />
        ) : (
          <StatusBadge kind="service" status={work && status === 'ACTIVE' ? 'ACTIVE' : status} />
        )}
        <p className="text-sm">
          <Sentence service={service} stuck={stuck} />
        </p>
      </div>
      {stuck && <Reference id={work?.id ?? service.id} />}
      {work?.kind === 'CREATE' && !stuck && (
        <div className="mt-5">
          <StepProgress operation={work} />
        </div>
      )}
    </Section>
  );
}

function Sentence({ service, stuck }: { service: MyService; stuck: boolean }) {
  const t = useTranslations('client');
  const format = useFormatter();
  const { work, status, activatedAt } = service;
  if (stuck) return t('page.stuckText');
  if (work?.state === 'WAITING') return t('page.waiting');
  if (work) return t(`page.working.${work.kind}`);
  if (status === 'ACTIVE' && activatedAt)
    return t('page.since', { date: format.dateTime(new Date(activatedAt), { dateStyle: 'long' }) });
  return t(`states.${status}`);
}

function Reference({ id }: { id: string }) {
  const t = useTranslations('client');
  const words = t('reference', { id: shortId(id) });
  return (
    <p className="mt-2 flex items-center gap-1 text-[13px] text-ink-soft">
      {words}
      <CopyButton value={shortId(id)} what={words} />
    </p>
  );
}
