import { useTranslations } from 'next-intl';

/** The first key on every page leads past what is the same on all of them, to the part with the id `content`. */
export function SkipLink() {
  const t = useTranslations('shell');
  return (
    <a
      href="#content"
      className="sr-only rounded-lg bg-surface px-4 py-2 font-medium text-ink shadow-lg focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-[1000]"
    >
      {t('skip')}
    </a>
  );
}
