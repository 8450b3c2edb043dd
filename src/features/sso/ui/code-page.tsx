'use client';

import { Button } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** One button: looking at the page spends nothing. The code stands behind the # of the address, which no server sees. */
export function CodePage() {
  const t = useTranslations('login.continue');
  const [hash] = useHash();
  const [sent, setSent] = useState(false);
  const code = hash.replace(/^#/, '');
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{code === '' ? t('incomplete') : t('text')}</p>
      <form method="post" action="/sso/code" onSubmit={() => setSent(true)}>
        <input type="hidden" name="code" value={code} />
        <Button
          type="submit"
          fullWidth
          size="md"
          disabled={code === ''}
          loading={sent}
          rightSection={<IconArrowRight size={18} aria-hidden />}
        >
          {t('button')}
        </Button>
      </form>
    </>
  );
}
