'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { Section } from '@/components/section';
import { StepProgress } from '@/features/operations/ui/step-progress';
import { ContactUs } from '@/features/settings/ui/contact-us';
import type { RouterOutputs } from '@/trpc/types';
import { ClientBadge } from './client-badge';
import { shortId } from './service-name';

export type MyService = RouterOutputs['my']['service'];

/** How it stands, in a sentence; while work runs, how far it is; what to do where something is not as it should be. */
export function MyStatus({ service }: { service: MyService }) {
  const t = useTranslations('client');
  const format = useFormatter();
  const { work, status, endsAt } = service;
  const stuck = work?.stuck === true || status === 'FAILED';
  const reference = shortId(work?.id ?? service.id);
  // Whoever cannot go on alone gets a way to reach the company, others have it at the end of the page.
  const needsUs = stuck || status === 'SUSPENDED' || endsAt !== null;
  return (
    <Section>
      <div role="status" className="space-y-3">
        <ClientBadge status={status} stuck={stuck} />
        <p className="text-[15px] leading-6">
          <Sentence service={service} stuck={stuck} />
        </p>
        {endsAt && (
          <p data-tone="amber" className="rounded-lg bg-tone-bg px-3 py-2 text-sm text-tone-fg">
            {t('page.ends', { date: format.dateTime(new Date(endsAt), { dateStyle: 'long' }) })}
          </p>
        )}
      </div>
      {stuck && <Reference id={reference} />}
      {needsUs && <ContactUs about={t('contact.about', { id: reference })} />}
      {work?.kind === 'CREATE' && !stuck && (
        <div className="mt-5">
          <StepProgress operation={work} words="client.page.steps" />
        </div>
      )}
    </Section>
  );
}

function Sentence({ service, stuck }: { service: MyService; stuck: boolean }) {
  const t = useTranslations('client');
  const format = useFormatter();
  const { work, status, activatedAt } = service;
  if (stuck) return status === 'ACTIVE' ? `${t('page.stuckText')} ${t('page.stuckRuns')}` : t('page.stuckText');
  if (work?.state === 'WAITING') return t('page.waiting');
  if (work) return t(`page.working.${work.kind}`);
  if (status === 'ACTIVE' && activatedAt)
    return t('page.since', { date: format.dateTime(new Date(activatedAt), { dateStyle: 'long' }) });
  return t(`states.${status}`);
}

/** What to name when one writes. */
function Reference({ id }: { id: string }) {
  const t = useTranslations('client');
  const words = t('reference', { id });
  return (
    <p className="mt-2 flex items-center gap-1 text-[13px] text-ink-soft">
      {words}
      <CopyButton value={id} what={words} />
    </p>
  );
}
