import { useTranslations } from 'next-intl';
import { Explanation } from '@/components/explanation';
import { LinkButton } from '@/components/link-button';

export default function NotFound() {
  const t = useTranslations('errors');
  return (
    <div className="mx-auto max-w-xl py-8">
      <h1 className="sr-only">{t('notFoundTitle')}</h1>
      <Explanation tone="grey" title={t('notFoundTitle')} meaning={t('notFoundMeaning')} next={t('notFoundNext')}>
        <LinkButton href="/" size="xs">
          {t('toDashboard')}
        </LinkButton>
      </Explanation>
    </div>
  );
}
