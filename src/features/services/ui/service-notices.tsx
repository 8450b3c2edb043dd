'use client';

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FormProblem } from '@/components/form-problem';
import { Countdown } from '@/components/time-span';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { useChanges } from './use-change';

/** What is going to happen by itself: a planned removal, a wish that waits for what runs now. */
export function ServiceNotices({ service }: { service: RouterOutputs['services']['get'] }) {
  const t = useTranslations('services.do');
  const trpc = useTRPC();
  const language = useLocale() === 'tr' ? 'tr' : 'en';
  const changes = useChanges(() => undefined);
  const { data: offers } = useQuery(trpc.services.offers.queryOptions({ id: service.id, language }));
  if (!offers) return null;
  const { terminateAt, wanted } = offers;
  return (
    <>
      {terminateAt && (
        <Notice
          action={
            <Button
              size="xs"
              variant="default"
              loading={changes.undoTerminate.isPending}
              onClick={() => changes.undoTerminate.mutate({ id: service.id })}
            >
              {t('terminate.undo')}
            </Button>
          }
        >
          {t.rich('terminate.planned', { when: () => <Countdown to={terminateAt} /> })}
        </Notice>
      )}
      {changes.undoTerminate.error && <FormProblem title={t('refused')} text={changes.undoTerminate.error.message} />}
      {wanted && <Notice>{t(`wanted.${wanted.status}`, { by: wanted.by })}</Notice>}
    </>
  );
}

function Notice({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      data-tone="amber"
      role="status"
      className="mb-4 flex flex-wrap items-center justify-between gap-3 rounded-xl bg-tone-bg px-4 py-3 text-sm text-tone-fg"
    >
      <span>{children}</span>
      {action}
    </div>
  );
}
