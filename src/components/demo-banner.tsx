import { IconFlask } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';

/** Nobody may take the demo for the real thing. */
export function DemoBanner() {
  const t = useTranslations('shell');
  return (
    <aside
      aria-label={t('demo')}
      data-tone="amber"
      className="flex items-center justify-center gap-2 bg-tone-bg px-4 py-1.5 text-center text-[13px] text-tone-fg"
    >
      <IconFlask size={15} aria-hidden className="shrink-0" />
      <p>
        <strong className="font-semibold">{t('demo')}.</strong>{' '}
        <span className="hidden sm:inline">{t('demoMeaning')}</span>
      </p>
    </aside>
  );
}
