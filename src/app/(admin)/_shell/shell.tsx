'use client';

import { AppShell, Burger, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/account-menu';
import { Logo } from '@/components/logo';
import { LanguageSwitch, ThemeSwitch } from '@/components/preferences';
import { SkipLink } from '@/components/skip-link';
import { Tag } from '@/components/status-badge';
import { ExecutorBanner } from '@/features/dashboard/ui/executor-banner';
import { PaletteButton } from '@/features/search/ui/palette-button';
import { Navigation } from './navigation';
import { GROUPS } from './navigation-entries';

interface ShellProps {
  name: string;
  role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER';
  demo: boolean;
  children: ReactNode;
}

/** The frame of the staff's pages: navigation on the left (a drawer on small screens), top bar, content. */
export function Shell({ name, role, demo, children }: ShellProps) {
  const t = useTranslations('shell');
  const [opened, { toggle, close }] = useDisclosure(false);
  const isAdmin = role === 'ADMIN';
  const pages = GROUPS.flatMap(({ entries }) => entries)
    .filter(({ adminOnly }) => isAdmin || !adminOnly)
    .map(({ href, key, icon }) => ({ href, icon, label: t(key) }));
  return (
    <>
      <SkipLink />
      <AppShell
        layout="alt"
        header={{ height: 60 }}
        navbar={{ width: 244, breakpoint: 'md', collapsed: { mobile: true } }}
        padding={0}
      >
        <AppShell.Navbar className="border-line bg-surface" p="sm">
          <Brand />
          <Navigation />
        </AppShell.Navbar>
        <AppShell.Header className="flex items-center gap-2 border-line bg-surface px-4 sm:px-6">
          <Burger
            hiddenFrom="md"
            size="sm"
            opened={opened}
            onClick={toggle}
            aria-label={opened ? t('closeNavigation') : t('openNavigation')}
          />
          <PaletteButton pages={pages} isAdmin={isAdmin} />
          <div className="min-w-0 flex-1">
            {demo && (
              <>
                <span className="hidden sm:inline">
                  <Tag tone="amber" label={t('demo')} />
                </span>
                <span className="sm:hidden">
                  <Tag tone="amber" label={t('demoShort')} />
                </span>
              </>
            )}
          </div>
          <LanguageSwitch />
          <ThemeSwitch />
          <AccountMenu name={name} userRole={role} />
        </AppShell.Header>
        <AppShell.Main id="content" tabIndex={-1} className="bg-canvas outline-none">
          <div className="px-4 py-6 sm:px-6 lg:px-10 lg:py-8">
            <ExecutorBanner />
            {children}
          </div>
        </AppShell.Main>
      </AppShell>
      <Drawer
        opened={opened}
        onClose={close}
        size={280}
        hiddenFrom="md"
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t('closeNavigation') }}
      >
        <Navigation onNavigate={close} />
      </Drawer>
    </>
  );
}

function Brand() {
  const t = useTranslations('brand');
  return (
    <Link href="/" className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 text-ink no-underline">
      <Logo />
      <span className="text-[15px] leading-tight font-semibold tracking-tight">{t('name')}</span>
    </Link>
  );
}
