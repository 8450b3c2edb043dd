'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

interface LoginButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'fullWidth'> {
  serviceId: string;
  /** One of the module's own links; absent = the panel. */
  action?: string;
  children?: ReactNode;
  /** Which service, for people who hear the page. */
  of: string;
}

/** A form that posts, in a new tab: nothing fetches it ahead, and the page stays where it is. */
export function LoginButton({ serviceId, action, children, of, ...look }: LoginButtonProps) {
  const t = useTranslations('login');
  const label = children ?? t('button');
  return (
    <form method="post" action={`/sso/${serviceId}`} target="_blank" rel="noopener">
      {action && <input type="hidden" name="action" value={action} />}
      <Button type="submit" rightSection={<IconExternalLink size={16} aria-hidden />} {...look}>
        {label}
        <span className="sr-only">
          {' '}
          {of}, {t('newTab')}
        </span>
      </Button>
    </form>
  );
}
