'use client';

import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Explanation } from './explanation';
import { httpStatusOf, requestIdOf } from './form-issues';
import { RelativeTime } from './relative-time';

type Cause = 'offline' | 'signedOut' | 'forbidden' | 'notFound' | 'other';

function causeOf(error: unknown): Cause {
  const status = httpStatusOf(error);
  // A call that got no answer at all; what failed while the server drew the page has lost its reason on the way.
  if (status === undefined) return error instanceof Error && error.name === 'TRPCClientError' ? 'offline' : 'other';
  if (status === 401) return 'signedOut';
  if (status === 403) return 'forbidden';
  return status === 404 ? 'notFound' : 'other';
}

const TONES = { offline: 'red', other: 'red', signedOut: 'amber', forbidden: 'amber', notFound: 'grey' } as const;

interface ErrorPanelProps {
  error: unknown;
  onRetry?: () => void;
}

/** A page or part of it that could not be loaded: what happened, what it means, what to do, the cause folded. */
export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const t = useTranslations('errors');
  const actions = useTranslations('actions');
  const pathname = usePathname();
  const cause = causeOf(error);
  // Customers can look at no log.
  const inClientArea = pathname.startsWith('/my');
  const keys =
    cause === 'other'
      ? ({ title: 'title', meaning: 'meaning', next: inClientArea ? 'nextForCustomer' : 'next' } as const)
      : ({ title: `${cause}Title`, meaning: `${cause}Meaning`, next: `${cause}Next` } as const);
  const id = requestIdOf(error);
  const details = id ? [error instanceof Error ? error.message : null, t('reference', { id })].filter(Boolean) : [];
  return (
    <Explanation
      alert
      tone={TONES[cause]}
      title={t(keys.title)}
      meaning={t(keys.meaning)}
      next={t(keys.next)}
      details={cause === 'other' && details.length > 0 ? details.join('\n') : null}
    >
      {cause === 'signedOut' && (
        <Button component={Link} href={`/sign-in?${new URLSearchParams({ callbackUrl: pathname })}`} size="xs">
          {t('toSignIn')}
        </Button>
      )}
      {cause === 'notFound' && !inClientArea && (
        <Button component={Link} href="/" size="xs" variant="default">
          {t('toDashboard')}
        </Button>
      )}
      {onRetry && (cause === 'offline' || cause === 'other') && (
        <Button size="xs" variant="default" leftSection={<IconRefresh size={15} aria-hidden />} onClick={onRetry}>
          {actions('tryAgain')}
        </Button>
      )}
    </Explanation>
  );
}

/** Old figures are better than none, as long as they say how old they are. */
export function StaleNote({ updatedAt }: { updatedAt: number }) {
  const t = useTranslations('errors');
  return (
    <p data-tone="amber" role="status" className="mb-4 rounded-lg bg-tone-bg px-3 py-2 text-sm text-tone-fg">
      {t.rich('stale', { when: () => <RelativeTime at={new Date(updatedAt).toISOString()} /> })}
    </p>
  );
}
