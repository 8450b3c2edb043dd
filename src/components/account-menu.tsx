'use client';

import { Avatar, Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** Loaded when it is needed: nobody signs out before the page is there. */
async function leave(): Promise<void> {
  const { signOut } = await import('next-auth/react');
  await signOut({ callbackUrl: '/sign-in' });
}

interface AccountMenuProps {
  name: string;
  userRole: 'ADMIN' | 'SUPPORT' | 'CUSTOMER';
}

export function AccountMenu({ name, userRole }: AccountMenuProps) {
  const t = useTranslations('shell');
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton aria-label={t('accountOf', { name })} className="ml-1 rounded-full">
          <Avatar radius="xl" size={34} className="bg-brand-600 text-white" variant="transparent">
            <span aria-hidden className="text-[13px] font-semibold text-white">
              {initials}
            </span>
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="px-3 py-2">
          <p className="truncate text-sm font-semibold">{name}</p>
          <p className="text-xs text-ink-soft">{t(`roles.${userRole}`)}</p>
        </div>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          href={userRole === 'CUSTOMER' ? '/my/account' : '/account'}
          leftSection={<IconUserCog size={16} aria-hidden />}
        >
          {t('account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
