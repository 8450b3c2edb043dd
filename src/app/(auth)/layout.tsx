import { IconArrowsSplit2, IconGauge, IconHistory, IconMessageQuestion } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DemoBanner } from '@/components/demo-banner';
import { Logo } from '@/components/logo';
import { LanguageSwitch, ThemeSwitch } from '@/components/preferences';
import { env } from '@/env';

const POINTS = [
  { key: 'once', icon: IconArrowsSplit2 },
  { key: 'room', icon: IconGauge },
  { key: 'why', icon: IconMessageQuestion },
  { key: 'lost', icon: IconHistory },
] as const;

export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations();
  return (
    <div className="flex min-h-dvh flex-col">
      {env.HYBLE_MODE === 'demo' && <DemoBanner />}
      <div className="grid flex-1 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <aside className="relative hidden overflow-hidden bg-[#101d63] text-white lg:flex lg:flex-col lg:p-12 xl:p-16">
          <div
            aria-hidden
            className="absolute inset-0 bg-[radial-gradient(60rem_40rem_at_-10%_-10%,#3b66f5_0%,transparent_60%),radial-gradient(50rem_40rem_at_120%_120%,#5b2aa8_0%,transparent_55%)] opacity-70"
          />
          <div className="relative flex items-center gap-3 text-lg font-semibold tracking-tight">
            <Logo size={34} />
            {t('brand.name')}
          </div>
          <div className="relative my-auto max-w-md py-10">
            <p className="text-4xl leading-[1.15] font-semibold tracking-tight text-balance">{t('brand.claim')}</p>
            <ul className="mt-10 space-y-6">
              {POINTS.map(({ key, icon: Icon }) => (
                <li key={key} className="flex gap-4">
                  <span className="grid size-9 shrink-0 place-items-center rounded-xl bg-white/12">
                    <Icon size={19} stroke={1.7} aria-hidden />
                  </span>
                  <div>
                    <p className="font-medium">{t(`signIn.points.${key}`)}</p>
                    <p className="mt-0.5 text-sm leading-5 text-white/80">{t(`signIn.points.${key}Text`)}</p>
                  </div>
                </li>
              ))}
            </ul>
          </div>
        </aside>
        <div className="flex flex-col bg-surface">
          <header className="flex items-center justify-between gap-2 p-4 sm:px-6 lg:justify-end">
            <div className="flex items-center gap-2.5 font-semibold tracking-tight lg:hidden">
              <Logo />
              {t('brand.name')}
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
