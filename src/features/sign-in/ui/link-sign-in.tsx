'use client';

import { Button } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { signIn } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';

/** One button: programs that look into mails open this page, but only a person presses it and uses the link up. */
export function LinkSignIn({ returnTo }: { returnTo: string }) {
  const t = useTranslations('mailLink.link');
  const router = useRouter();
  const [hash] = useHash();
  const [problem, setProblem] = useState<'used' | 'tooMany' | 'unreachable' | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const answer = await signIn('link', { code: hash.replace(/^#/, ''), redirect: false }).catch(() => null);
    if (answer?.ok && !answer.error) {
      router.replace(returnTo);
      router.refresh();
      return;
    }
    setBusy(false);
    setProblem(answer ? (answer.error === 'RateLimited' ? 'tooMany' : 'used') : 'unreachable');
  }
  return (
    <>
      <h1 className="text-2xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-1 mb-7 text-sm text-ink-soft">{t('lead')}</p>
      <form onSubmit={(event) => void submit(event)} className="space-y-4">
        {problem && <FormProblem title={t('failed')} text={t(problem)} />}
        <Button
          type="submit"
          fullWidth
          size="md"
          loading={busy}
          rightSection={<IconArrowRight size={18} aria-hidden />}
        >
          {t('button')}
        </Button>
      </form>
      <p className="mt-6 text-sm">
        <Link
          href="/sign-in/mail"
          className="rounded text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          {t('another')}
        </Link>
      </p>
    </>
  );
}
