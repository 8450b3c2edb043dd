'use client';

import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorPanel } from './error-panel';
import { Page } from './page';

interface PendingPageProps {
  /** What the page is about, for the case that its name never comes. */
  title: string;
  back: { href: string; label: string };
  query: { isError: boolean; error: unknown; refetch: () => unknown };
  narrow?: boolean;
  /** Keeps the place of what is loaded. */
  children?: ReactNode;
}

/** A page about one thing that is not here yet, or could not be loaded: it has a title and a way back all the same. */
export function PendingPage({ title, back, query, narrow = false, children }: PendingPageProps) {
  return (
    <Page title={query.isError ? title : <Skeleton height={28} width={240} />} back={back} narrow={narrow}>
      {query.isError ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        (children ?? <Skeleton height={320} radius="lg" />)
      )}
    </Page>
  );
}
