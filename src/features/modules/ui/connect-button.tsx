'use client';

import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/link-button';

/** To the editor of a module without code. */
export function ConnectButton() {
  const t = useTranslations('definitions');
  return (
    <LinkButton href="/modules/new" leftSection={<IconPlugConnected size={17} aria-hidden />}>
      {t('connect')}
    </LinkButton>
  );
}
