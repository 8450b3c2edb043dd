'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { FormProblem } from '@/components/form-problem';
import { LOGIN_TROUBLES, TROUBLE_PARAMETER } from '../choices';

/** Why the login button led back here, in words. */
export function LoginTrouble({ staff = false }: { staff?: boolean }) {
  const t = useTranslations('login');
  const code = useSearchParams().get(TROUBLE_PARAMETER);
  const why = LOGIN_TROUBLES.find((known) => known === code);
  if (!why) return null;
  const ownWords = staff && (why === 'foreign-host' || why === 'no-answer');
  return (
    <div className="mb-4">
      <FormProblem title={t('failed')} text={ownWords ? t(`staffTrouble.${why}`) : t(`trouble.${why}`)} />
    </div>
  );
}
