'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Breakable } from '@/components/breakable';
import { CopyButton } from '@/components/copy-button';
import { FactList } from '@/components/fact-list';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { TextLink } from '@/components/text-link';
import { Verbatim } from '@/components/verbatim';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { emailStatus, useTemplateName } from './email-words';
import { MailPreview } from './mail-preview';
import { SendNowButton } from './send-now-button';

type Email = RouterOutputs['emails']['get'];

/** One mail: how it stands, and what its receiver sees. */
export function EmailPage({ id }: { id: string }) {
  const t = useTranslations('emails');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.emails.get.queryOptions({ id }),
    refetchInterval: ({ state }) => (state.data?.state === 'QUEUED' && !state.data.noServer ? 1000 : false),
  });
  const back = { href: '/emails', label: t('back') };
  const { data: email } = query;
  if (!email) return <PendingPage title={t('templates.other')} back={back} query={query} />;
  return (
    <Page
      title={email.subject}
      back={back}
      lead={<StatusBadge kind="email" status={emailStatus(email)} />}
      actions={email.state !== 'SENT' && !email.noServer && <SendNowButton emailId={email.id} />}
    >
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <MailPreview preview={email.preview} />
        <Facts email={email} />
      </div>
    </Page>
  );
}

function Facts({ email }: { email: Email }) {
  const t = useTranslations('emails');
  const locales = useTranslations('locales');
  const services = useTranslations('services.columns');
  const templateName = useTemplateName();
  const { service, customer } = email;
  return (
    <div className="space-y-5">
      <Section>
        <FactList
          facts={[
            {
              label: t('facts.to'),
              value: (
                <>
                  {customer ? <TextLink href={`/customers/${customer.id}`}>{customer.name}</TextLink> : email.to}
                  {customer && (
                    <span className="block text-[13px] text-ink-soft">
                      <Breakable text={email.to} />
                    </span>
                  )}
                </>
              ),
            },
            service && {
              label: t('facts.service'),
              value: <TextLink href={`/services/${service.id}`}>{service.domain ?? services('service')}</TextLink>,
            },
            { label: t('facts.template'), value: templateName(email.template) },
            { label: t('facts.language'), value: email.language === 'tr' ? locales('tr') : locales('en') },
            { label: t('facts.created'), value: <RelativeTime at={email.createdAt} /> },
            email.sentAt ? { label: t('facts.sent'), value: <RelativeTime at={email.sentAt} /> } : null,
            { label: t('facts.attempts'), value: email.attempts },
            {
              label: t('facts.messageId'),
              value: (
                <span className="font-mono text-xs">
                  <Breakable text={email.messageId} />
                </span>
              ),
              aside: <CopyButton value={email.messageId} what={t('facts.messageId')} />,
            },
          ]}
        />
      </Section>
      {email.lastError && email.state !== 'SENT' && (
        <Section title={t('lastError')}>
          <Verbatim text={email.lastError} label={t('lastError')} />
        </Section>
      )}
    </div>
  );
}
