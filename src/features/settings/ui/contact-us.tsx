'use client';

import { Button } from '@mantine/core';
import { IconLifebuoy, IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/trpc/client';

/** How to reach the company, as far as it has said so; nothing where it has not. `about` becomes the mail's subject. */
export function ContactUs({ about }: { about?: string }) {
  const t = useTranslations('client.contact');
  const { email, url } = useCompanyContact();
  if (email === null && url === null) return null;
  const subject = about ? `?subject=${encodeURIComponent(about)}` : '';
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {email !== null && (
        <Button
          component="a"
          href={`mailto:${email}${subject}`}
          variant="default"
          size="sm"
          leftSection={<IconMail size={16} aria-hidden />}
        >
          {t('write')}
        </Button>
      )}
      {url !== null && (
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          variant="default"
          size="sm"
          leftSection={<IconLifebuoy size={16} aria-hidden />}
        >
          {t('help')}
          <span className="sr-only"> ({t('newTab')})</span>
        </Button>
      )}
    </div>
  );
}

/** Under every page of the client area. */
export function ContactLine() {
  const t = useTranslations('client.contact');
  const { email, url } = useCompanyContact();
  if (email === null && url === null) return null;
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-center text-[13px] text-ink-soft">
      <span>{t('question')}</span>
      {email !== null && (
        <a
          href={`mailto:${email}`}
          className="rounded font-medium text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {email}
        </a>
      )}
      {url !== null && (
        <a
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          className="rounded font-medium text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {t('help')}
          <span className="sr-only"> ({t('newTab')})</span>
        </a>
      )}
    </p>
  );
}

function useCompanyContact(): { email: string | null; url: string | null } {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.settings.company.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  return { email: data?.supportEmail ?? null, url: data?.supportUrl ?? null };
}
