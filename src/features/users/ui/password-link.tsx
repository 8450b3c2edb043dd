'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { useFormatter, useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';

interface PasswordLinkProps {
  link: string;
  expiresAt: string;
  name: string;
}

/** A link that is shown this once. */
export function PasswordLink({ link, expiresAt, name }: PasswordLinkProps) {
  const t = useTranslations('staff');
  const format = useFormatter();
  return (
    <div className="space-y-3 text-sm">
      <p>{t('linkText', { name })}</p>
      <TextInput
        label={t('link')}
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: 'font-mono text-[13px]' }}
        rightSection={<CopyButton value={link} what={t('link')} />}
      />
      <p className="text-ink-soft">
        {t('linkUntil', { date: format.dateTime(new Date(expiresAt), { dateStyle: 'medium', timeStyle: 'short' }) })}
      </p>
    </div>
  );
}

export function PasswordLinkDialog({ link, onClose }: { link: PasswordLinkProps | null; onClose: () => void }) {
  const t = useTranslations('staff');
  const actions = useTranslations('actions');
  return (
    <Modal
      opened={link !== null}
      onClose={onClose}
      title={t('linkTitle')}
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      {link && <PasswordLink {...link} />}
      <div className="mt-6 flex justify-end">
        <Button onClick={onClose}>{t('linkDone')}</Button>
      </div>
    </Modal>
  );
}
