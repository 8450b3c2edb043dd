'use client';

import {
  IconArrowsSplit2,
  IconChartBar,
  IconGauge,
  IconHistory,
  IconLogin2,
  IconMessageQuestion,
  IconServer,
} from '@tabler/icons-react';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Company } from '@/features/settings/schema';
import { CompanyBrand } from '@/features/settings/ui/company-brand';

/** What customers find behind the door; staff read it too. */
const FOR_CUSTOMERS = [
  { key: 'services', icon: IconServer },
  { key: 'panel', icon: IconLogin2 },
  { key: 'usage', icon: IconChartBar },
] as const;

/** No customer ever sees these pages. */
const STAFF_PAGES: (string | null)[] = ['setup', 'two-factor'];

/** What the program promises its staff. */
const FOR_STAFF = [
  { key: 'once', icon: IconArrowsSplit2 },
  { key: 'room', icon: IconGauge },
  { key: 'why', icon: IconMessageQuestion },
  { key: 'lost', icon: IconHistory },
] as const;

/** Beside the form where there is room. */
export function SignInAside({ company }: { company: Company }) {
  const t = useTranslations();
  const forStaff = STAFF_PAGES.includes(useSelectedLayoutSegment());
  const points = forStaff
    ? FOR_STAFF.map(({ key, icon }) => ({
        key,
        icon,
        title: t(`setup.points.${key}`),
        text: t(`setup.points.${key}Text`),
      }))
    : FOR_CUSTOMERS.map(({ key, icon }) => ({
        key,
        icon,
        title: t(`signIn.points.${key}`),
        text: t(`signIn.points.${key}Text`),
      }));
  return (
    <aside className="relative hidden overflow-hidden bg-[#101d63] text-white lg:flex lg:flex-col lg:p-12 xl:p-16">
      <div
        aria-hidden
        className="absolute inset-0 bg-[radial-gradient(60rem_40rem_at_-10%_-10%,#3b66f5_0%,transparent_60%),radial-gradient(50rem_40rem_at_120%_120%,#5b2aa8_0%,transparent_55%)] opacity-70"
      />
      <div className="relative text-lg">
        <CompanyBrand company={company} size={34} />
      </div>
      <div className="relative my-auto max-w-md py-10">
        <p className="text-4xl leading-[1.15] font-semibold tracking-tight text-balance">
          {forStaff ? t('brand.claim') : t('signIn.claim')}
        </p>
        <ul className="mt-10 space-y-6">
          {points.map(({ key, icon: Icon, title, text }) => (
            <li key={key} className="flex gap-4">
              <span className="grid size-9 shrink-0 place-items-center rounded-xl bg-white/12">
                <Icon size={19} stroke={1.7} aria-hidden />
              </span>
              <div>
                <p className="font-medium">{title}</p>
                <p className="mt-0.5 text-sm leading-5 text-white/80">{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
