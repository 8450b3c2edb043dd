'use client';

import { TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { Fold } from '@/components/fold';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { Verbatim } from '@/components/verbatim';
import { SiteButton } from '@/features/sso/ui/site-button';
import type { Scope } from '../permissions';

/** A key that is shown this once, and how a program uses it. */
export function MadeKey({ value, panelUrl, scopes }: { value: string; panelUrl: string; scopes: Scope[] }) {
  const t = useTranslations('apiKeys');
  const site = useTranslations('login.site');
  return (
    <Section title={t('madeTitle')}>
      <div className="space-y-4 text-sm">
        <p>{t('madeText')}</p>
        <TextInput
          label={t('key')}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          classNames={{ input: 'font-mono text-[13px]' }}
          rightSection={<CopyButton value={value} what={t('key')} />}
        />
        {scopes.includes('services:read') && (
          <div>
            <p className="mb-1 text-[13px] text-ink-soft">{t('tryIt')}</p>
            <Verbatim text={`curl -H "Authorization: Bearer $HYBLE_KEY" ${panelUrl}/api/trpc/services.list`} />
          </div>
        )}
        {scopes.includes('sso:create') && (
          <Fold label={site('title')} open={scopes.length === 1}>
            <SiteButton panelUrl={panelUrl} />
          </Fold>
        )}
        <div className="flex justify-end">
          <LinkButton href="/api-keys">{t('kept')}</LinkButton>
        </div>
      </div>
    </Section>
  );
}
