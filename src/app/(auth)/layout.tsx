import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { DemoBanner } from '@/components/demo-banner';
import { LanguageSwitch, ThemeSwitch } from '@/components/preferences';
import { env } from '@/env';
import { CompanyBrand } from '@/features/settings/ui/company-brand';
import { SignInAside } from '@/features/sign-in/ui/sign-in-aside';
import { caller } from '@/trpc/server';

/** Most who sign in are customers: the pages carry the company's name. */
export async function generateMetadata(): Promise<Metadata> {
  const name = (await caller.settings.company()).name ?? (await getTranslations('brand'))('name');
  return { title: { default: name, template: `%s · ${name}` }, description: null };
}

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const company = await caller.settings.company();
  return (
    <div className="flex min-h-dvh flex-col">
      {env.HYBLE_MODE === 'demo' && <DemoBanner />}
      <div className="grid flex-1 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <SignInAside company={company} />
        <div className="flex min-w-0 flex-col bg-surface">
          <header className="flex items-center justify-between gap-2 p-4 sm:px-6 lg:justify-end">
            <div className="min-w-0 lg:hidden">
              <CompanyBrand company={company} />
            </div>
            <div className="flex gap-1">
              <LanguageSwitch />
              <ThemeSwitch />
            </div>
          </header>
          <main className="flex flex-1 items-center justify-center px-5 pt-4 pb-16 sm:px-10">
            <div className="w-full max-w-sm">{children}</div>
          </main>
        </div>
      </div>
    </div>
  );
}
