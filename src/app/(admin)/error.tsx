'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Explanation } from '@/components/explanation';

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations('errors');
  const actions = useTranslations('actions');
  return (
    <div className="mx-auto max-w-xl py-8">
      <h1 className="sr-only">{t('crashTitle')}</h1>
      <Explanation
        alert
        tone="red"
        title={t('crashTitle')}
        meaning={t('crashMeaning')}
        next={t('crashNext')}
        details={error.digest ? t('reference', { id: error.digest }) : null}
      >
        <Button size="xs" onClick={reset}>
          {actions('tryAgain')}
        </Button>
      </Explanation>
    </div>
  );
}
