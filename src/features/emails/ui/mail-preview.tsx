'use client';

import { SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Section } from '@/components/section';
import { Verbatim } from '@/components/verbatim';

interface MailPreviewProps {
  /** Null = this version cannot write the mail. */
  preview: { subject: string; html: string; text: string } | null;
  /** Where the page's own title does not say it. */
  showSubject?: boolean;
}

/** A mail as its receiver sees it, either part. */
export function MailPreview({ preview, showSubject = false }: MailPreviewProps) {
  const t = useTranslations('emails');
  const [part, setPart] = useState('html');
  if (preview === null) {
    return (
      <Section title={t('preview')}>
        <p className="text-sm text-ink-soft">{t('previewNone')}</p>
      </Section>
    );
  }
  return (
    <Section
      title={t('preview')}
      aside={
        <SegmentedControl
          aria-label={t('part')}
          size="xs"
          value={part}
          onChange={setPart}
          data={[
            { value: 'html', label: t('partHtml') },
            { value: 'text', label: t('partText') },
          ]}
        />
      }
    >
      {showSubject && (
        <p className="mb-3 text-sm [overflow-wrap:anywhere]">
          <span className="text-ink-soft">{t('columns.subject')}:</span>{' '}
          <span className="font-medium">{preview.subject}</span>
        </p>
      )}
      {part === 'text' ? (
        <Verbatim text={preview.text} label={t('partText')} />
      ) : (
        // Closed off: no scripts, no forms, no access to this page, whatever a template holds. No links either: a mail
        // opened here would lead away inside its frame.
        <iframe
          sandbox=""
          srcDoc={preview.html}
          title={t('preview')}
          className="h-[700px] w-full rounded-lg border border-line bg-white"
        />
      )}
    </Section>
  );
}
