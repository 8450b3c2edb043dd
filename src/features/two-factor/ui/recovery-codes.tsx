'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { saveFile } from '@/features/lists/ui/save-file';

interface RecoveryCodesProps {
  codes: string[];
  onKept: () => void;
}

/** Shown this once. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useTranslations('twoFactor');
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="space-y-4">
      <p className="text-sm">{t('codesText')}</p>
      <div className="relative rounded-lg bg-code p-4">
        {/* As many columns as whole codes fit in: one that is broken in two is copied wrongly. */}
        <ul
          aria-label={t('codesTitle')}
          className="grid grid-cols-[repeat(auto-fill,minmax(20ch,1fr))] gap-x-8 gap-y-1.5 pr-8 font-mono text-sm whitespace-nowrap"
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <span className="absolute top-2 right-2">
          <CopyButton value={text} what={t('allCodes')} />
        </span>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile('recovery-codes.txt', 'text/plain', text)}
        >
          {t('download')}
        </Button>
        <Button onClick={onKept}>{t('codesKept')}</Button>
      </div>
    </div>
  );
}
