'use client';

import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Verbatim } from '@/components/verbatim';
import { BUTTON_SNIPPET, SNIPPETS, type Snippet, siteSnippet } from './site-snippets';

const LABELS: Record<Snippet, string> = { node: 'Node.js', php: 'PHP' };

/** How a company puts the login button on its own pages: lines to copy, with this panel's address in them. */
export function SiteButton({ panelUrl }: { panelUrl: string }) {
  const t = useTranslations('login.site');
  const [snippet, setSnippet] = useState<Snippet>('node');
  const pick = (value: string) => setSnippet(SNIPPETS.find((known) => known === value) ?? 'node');
  return (
    <div className="space-y-4 text-sm">
      <p className="max-w-prose text-ink-soft">{t('text')}</p>
      <ol className="list-decimal space-y-4 pl-5 marker:text-ink-soft">
        <li>{t.rich('key', { scope: () => <code className="font-mono text-[13px]">sso:create</code> })}</li>
        <li>
          <p className="mb-2">{t('form')}</p>
          <Verbatim text={BUTTON_SNIPPET} label={t('formCode')} />
        </li>
        <li>
          <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <p>{t('program')}</p>
            <SegmentedControl
              size="xs"
              aria-label={t('language')}
              value={snippet}
              onChange={pick}
              data={SNIPPETS.map((value) => ({ value, label: LABELS[value] }))}
            />
          </div>
          <Verbatim text={siteSnippet(snippet, panelUrl)} label={t('programCode')} />
        </li>
      </ol>
      <p className="max-w-prose text-ink-soft">{t('ids')}</p>
    </div>
  );
}
