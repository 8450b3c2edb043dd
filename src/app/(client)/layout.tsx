import { redirect } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/account-menu';
import { DemoBanner } from '@/components/demo-banner';
import { Logo } from '@/components/logo';
import { LanguageSwitch, ThemeSwitch } from '@/components/preferences';
import { env } from '@/env';
import { TRPCProvider } from '@/trpc/client';
import { requireActor } from '@/trpc/server';

export default async function ClientLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role !== 'CUSTOMER') redirect('/');
  return (
    <TRPCProvider>
      <div className="min-h-dvh bg-canvas">
        {env.HYBLE_MODE === 'demo' && <DemoBanner />}
        <ClientHeader name={actor.name} />
        <main className="px-4 py-8 sm:px-6">{children}</main>
      </div>
    </TRPCProvider>
  );
}

function ClientHeader({ name }: { name: string }) {
  const t = useTranslations('brand');
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-15 max-w-[1288px] items-center gap-2 px-4 sm:px-6">
        <Logo />
        <span className="flex-1 truncate text-[15px] font-semibold tracking-tight">{t('name')}</span>
        <LanguageSwitch />
        <ThemeSwitch />
        <AccountMenu name={name} userRole="CUSTOMER" />
      </div>
    </header>
  );
}
