'use client';

import { Button, Modal, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { FormProblem } from '@/components/form-problem';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { RecoveryCodes } from './recovery-codes';
import { RemoveTwoFactor } from './remove-two-factor';
import { TwoFactorSetUp } from './set-up';

/** Fewer than this are told in amber. */
const FEW_CODES = 3;

/** One's own second factor: set up, recovery codes, off. */
export function TwoFactor() {
  const t = useTranslations('twoFactor');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const query = useQuery(trpc.twoFactor.get.queryOptions());
  const [settingUp, setSettingUp] = useState(false);
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={120} radius="lg" />;
  const done = async () => {
    await cache.invalidateQueries();
    setSettingUp(false);
  };
  const { on } = query.data;
  return (
    <Section title={t('title')} aside={<Tag tone={on ? 'green' : 'grey'} label={on ? t('on') : t('off')} />}>
      {on && !settingUp ? <SwitchedOn state={query.data} /> : <TwoFactorSetUp onActive={setSettingUp} onDone={done} />}
    </Section>
  );
}

function SwitchedOn({ state }: { state: RouterOutputs['twoFactor']['get'] }) {
  const t = useTranslations('twoFactor');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const renew = useMutation(
    trpc.twoFactor.renewCodes.mutationOptions({
      onSuccess: () => cache.invalidateQueries({ queryKey: trpc.twoFactor.pathKey() }),
    }),
  );
  const { since, recoveryCodes, must } = state;
  const few = recoveryCodes < FEW_CODES;
  return (
    <div className="space-y-4 text-sm">
      {renew.error && <FormProblem title={t('notRenewed')} text={renew.error.message} />}
      <p>{since && t.rich('onText', { when: () => <RelativeTime at={since} /> })}</p>
      <p {...(few && { 'data-tone': 'amber', className: 'rounded-lg bg-tone-bg px-3 py-2 text-tone-fg' })}>
        {t('codesLeft', { count: recoveryCodes })} {few && t('codesLow')}
      </p>
      {must && <p className="text-ink-soft">{t('must')}</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
          {t('renew')}
        </Button>
        {!must && <RemoveTwoFactor />}
      </div>
      <Modal
        opened={renew.data !== undefined}
        onClose={renew.reset}
        title={t('codesTitle')}
        // A click beside it would lose what is shown only once.
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': actions('close') }}
      >
        {renew.data && <RecoveryCodes codes={renew.data.codes} onKept={renew.reset} />}
      </Modal>
    </div>
  );
}
