'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { TwoFactorSetUp } from './set-up';

/** What staff without a second factor see instead of everything else, where it is a must. */
export function MustSetUpTwoFactor() {
  const t = useTranslations('twoFactor');
  const shell = useTranslations('shell');
  const router = useRouter();
  const done = () => {
    router.replace('/');
    router.refresh();
  };
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('mustTitle')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t('mustLead')}</p>
      <TwoFactorSetUp onDone={done} wide />
      <Button variant="subtle" fullWidth className="mt-3" onClick={() => void signOut({ callbackUrl: '/sign-in' })}>
        {shell('signOut')}
      </Button>
    </>
  );
}
