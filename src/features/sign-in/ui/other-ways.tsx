'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** For those without a password at hand: both lead to a mail. */
export function OtherWays({ returnTo }: { returnTo: string }) {
  const t = useTranslations('mailLink');
  const query = (more: Record<string, string>) =>
    `/sign-in/mail?${new URLSearchParams({ ...(returnTo !== '/' && { callbackUrl: returnTo }), ...more })}`;
  return (
    <ul className="mt-6 flex flex-wrap justify-between gap-x-4 gap-y-2 text-sm">
      <li>
        <Link
          href={query({})}
          className="rounded text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {t('offer')}
        </Link>
      </li>
      <li>
        <Link
          href={query({ for: 'password' })}
          className="rounded text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {t('forgot')}
        </Link>
      </li>
    </ul>
  );
}
