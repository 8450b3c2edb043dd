'use client';

import { IconCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { useMe } from '@/features/users/ui/use-me';
import type { RouterOutputs } from '@/trpc/types';

type Steps = RouterOutputs['dashboard']['get']['firstRun'];

const ORDER = ['server', 'group', 'product', 'service'] as const;
const PAGES = { server: '/servers/new', group: '/groups/new', product: '/products/new', service: '/services/new' };

/** The way to the first service; each step ticks itself off. */
export function FirstRun({ steps }: { steps: Steps }) {
  const t = useTranslations('dashboard');
  const { isAdmin } = useMe();
  const current = ORDER.find((step) => !steps[step]);
  return (
    <Section>
      <h2 className="text-[17px] font-semibold tracking-tight">{t('firstRun')}</h2>
      <p className="mb-5 text-sm text-ink-soft">{t('firstRunText')}</p>
      <ol className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {ORDER.map((step, index) => (
          <li
            key={step}
            data-tone={steps[step] ? 'green' : step === current ? 'blue' : 'grey'}
            aria-current={step === current ? 'step' : undefined}
            className={`rounded-xl border p-4 ${step === current ? 'border-tone-dot' : 'border-line'}`}
          >
            <span className="grid size-7 place-items-center rounded-full bg-tone-bg text-[13px] font-semibold text-tone-fg">
              {steps[step] ? <IconCheck size={16} stroke={2.4} aria-label={t('done')} /> : index + 1}
            </span>
            <p className="mt-3 text-sm font-semibold">{t(`firstRunSteps.${step}`)}</p>
            <p className="mt-0.5 text-[13px] text-ink-soft">{t(`firstRunSteps.${step}Text`)}</p>
            {step === current && (isAdmin || step === 'service') && (
              <div className="mt-3">
                <LinkButton href={PAGES[step]} size="xs">
                  {t(`firstRunAction.${step}`)}
                </LinkButton>
              </div>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
