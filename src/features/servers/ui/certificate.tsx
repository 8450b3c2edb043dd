'use client';

import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { FactList } from '@/components/fact-list';
import type { CheckAnswer } from './checklist';

interface CertificateProps {
  certificate: NonNullable<CheckAnswer['certificate']>;
  isTrusted: boolean;
  onTrust: () => void;
}

/** What the server showed, for a person to compare with the panel itself before trusting it. */
export function Certificate({ certificate, isTrusted, onTrust }: CertificateProps) {
  const t = useTranslations('connectionTest.certificate');
  const { subject, issuer, validFrom, validTo, names, fingerprint, pin } = certificate;
  const mono = (text: string) => <code className="font-mono text-xs [overflow-wrap:anywhere]">{text}</code>;
  return (
    <div className="rounded-xl border border-line p-4">
      <p className="mb-3 text-sm font-semibold">{t('title')}</p>
      <FactList
        facts={[
          { label: t('subject'), value: subject.replaceAll('\n', ', ') },
          { label: t('issuer'), value: issuer.replaceAll('\n', ', ') },
          { label: t('valid'), value: `${validFrom.slice(0, 10)} – ${validTo.slice(0, 10)}` },
          names.length > 0 ? { label: t('names'), value: names.join(', ') } : null,
          { label: t('fingerprint'), value: mono(fingerprint) },
          { label: t('pin'), value: mono(`sha256/${pin}`) },
        ]}
      />
      <div className="mt-4">
        {isTrusted ? (
          <p className="text-sm text-ink-soft">{t('trusted')}</p>
        ) : (
          <Button size="xs" variant="default" leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={onTrust}>
            {t('trust')}
          </Button>
        )}
      </div>
    </div>
  );
}
