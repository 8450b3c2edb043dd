'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

interface LoginWithReasonProps {
  /** Where the form goes. */
  path: string;
  title: string;
  text: string;
  action?: string;
  onClose: () => void;
}

/** Staff say why before they enter a panel. The answer opens in a new tab, so the question closes as it is sent. */
export function LoginWithReason({ path, title, text, action, onClose }: LoginWithReasonProps) {
  const t = useTranslations('login');
  const actions = useTranslations('actions');
  const [reason, setReason] = useState('');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': actions('close') }}>
      <form
        method="post"
        action={path}
        target="_blank"
        rel="noopener"
        className="space-y-4"
        // After the browser has taken the form; a form that is gone is not sent.
        onSubmit={() => setTimeout(onClose)}
      >
        {action && <input type="hidden" name="action" value={action} />}
        <p className="text-sm text-ink-soft">{text}</p>
        <TextInput
          name="reason"
          label={t('ask.reason')}
          description={t('ask.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          required
          autoComplete="off"
          data-autofocus
        />
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button
            type="submit"
            disabled={reason.trim() === ''}
            rightSection={<IconExternalLink size={16} aria-hidden />}
          >
            {t('openPanel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
