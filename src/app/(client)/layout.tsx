import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/account-menu';
import { DemoBanner } from '@/components/demo-banner';
import { ThemeSwitch } from '@/components/preferences';
import { SkipLink } from '@/components/skip-link';
import { env } from '@/env';
import { OwnLanguageSwitch } from '@/features/customers/ui/own-language-switch';
import type { Company } from '@/features/settings/schema';
import { CompanyBrand } from '@/features/settings/ui/company-brand';
import { ContactLine } from '@/features/settings/ui/contact-us';
import { TRPCProvider } from '@/trpc/client';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';

/** Customers are at their hosting company here, not at whoever made its program. */
export async function generateMetadata(): Promise<Metadata> {
  const company = await getQueryClient().fetchQuery(trpc.settings.company.queryOptions());
  const name = company.name ?? (await getTranslations('brand'))('name');
  return { title: { default: name, template: `%s · ${name}` }, description: null };
}

export default async function ClientLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role !== 'CUSTOMER') redirect('/');
  const company = await getQueryClient().fetchQuery(trpc.settings.company.queryOptions());
  return (
    <TRPCProvider>
      <HydrateClient settled>
        <SkipLink />
        <div className="flex min-h-dvh flex-col bg-canvas">
          {env.HYBLE_MODE === 'demo' && <DemoBanner />}
          <ClientHeader name={actor.name} company={company} />
          <main id="content" tabIndex={-1} className="flex-1 px-4 py-8 outline-none sm:px-6">
            {children}
          </main>
          <footer className="px-4 pb-8 sm:px-6">
            <div className="mx-auto max-w-[1240px]">
              <ContactLine />
            </div>
          </footer>
        </div>
      </HydrateClient>
    </TRPCProvider>
  );
}

function ClientHeader({ name, company }: { name: string; company: Company }) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-15 max-w-[1288px] items-center gap-2 px-4 sm:px-6">
        <div className="flex min-w-0 flex-1">
          <Link href="/my" className="min-w-0 rounded-lg text-[15px] text-ink no-underline">
            <CompanyBrand company={company} />
          </Link>
        </div>
        <OwnLanguageSwitch />
        <ThemeSwitch />
        <AccountMenu name={name} userRole="CUSTOMER" />
      </div>
    </header>
  );
}
