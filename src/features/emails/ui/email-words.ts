'use client';

import { useTranslations } from 'next-intl';
import { TEMPLATE_NAMES } from '../choices';

/** What kind of mail it is; a kind that this version does not know is simply a mail. */
export function useTemplateName(): (template: string) => string {
  const t = useTranslations('emails.templates');
  return (template) => t(TEMPLATE_NAMES.find((known) => known === template) ?? 'other');
}

/** A mail that waits because no server is configured looks different from one on its way. */
export function emailStatus({ state, noServer }: { state: 'QUEUED' | 'SENT' | 'FAILED'; noServer: boolean }) {
  return noServer ? 'NO_SERVER' : state;
}
