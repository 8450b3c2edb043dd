'use client';

import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { QrPicture } from './qr-picture';
import { RecoveryCodes } from './recovery-codes';

interface SetUpProps {
  /** It has begun, or was given up: until it is done the page must not show something else in its place. */
  onActive?: (active: boolean) => void;
  /** The second factor counts, and its owner has kept the recovery codes. */
  onDone: () => void;
  /** As wide as the page, as the buttons of the pages before the panel are. */
  wide?: boolean;
}

/** Picture, code, recovery codes: three steps, one after the other. */
export function TwoFactorSetUp({ onActive, onDone, wide = false }: SetUpProps) {
  const t = useTranslations('twoFactor');
  const trpc = useTRPC();
  const begin = useMutation(trpc.twoFactor.begin.mutationOptions({ onSuccess: () => onActive?.(true) }));
  const [codes, setCodes] = useState<string[] | null>(null);
  const cache = useQueryClient();
  const confirmed = (made: string[]) => {
    setCodes(made);
    // It is on from here, also while its owner still reads the codes.
    void cache.invalidateQueries({ queryKey: trpc.twoFactor.get.queryKey() });
  };
  const giveUp = () => {
    begin.reset();
    onActive?.(false);
  };
  if (codes) {
    return (
      <div className="space-y-2">
        <p className="font-semibold">{t('codesTitle')}</p>
        <RecoveryCodes codes={codes} onKept={onDone} />
      </div>
    );
  }
  if (begin.data) return <ReadPicture {...begin.data} onConfirmed={confirmed} onCancel={giveUp} />;
  return (
    <div className="space-y-4">
      {begin.error && <FormProblem title={t('notBegun')} text={begin.error.message} />}
      <p className="text-sm text-ink-soft">{t('offText')}</p>
      <div className="flex justify-end">
        <Button fullWidth={wide} loading={begin.isPending} onClick={() => begin.mutate()}>
          {t('begin')}
        </Button>
      </div>
    </div>
  );
}

type ReadPictureProps = RouterOutputs['twoFactor']['begin'] & {
  onConfirmed: (codes: string[]) => void;
  onCancel: () => void;
};

function ReadPicture({ setUpKey, address, onConfirmed, onCancel }: ReadPictureProps) {
  const t = useTranslations('twoFactor');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const confirm = useMutation(trpc.twoFactor.confirm.mutationOptions());
  const wrong = confirm.error && issuesOf(confirm.error).length > 0 ? t('codeWrong') : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ code }, { onSuccess: (made) => onConfirmed(made.codes), onError: () => field.current?.select() });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-5">
      {confirm.error && !wrong && <FormProblem title={t('notConfirmed')} text={confirm.error.message} />}
      <p className="text-sm">{t('readPicture')}</p>
      <div className="flex flex-wrap items-center gap-5">
        <QrPicture text={address} />
        <div className="min-w-0 flex-1 basis-56 text-sm">
          <p className="text-[13px] text-ink-soft">{t('setUpKey')}</p>
          <p className="flex items-center gap-1">
            <span className="font-mono text-[13px] [overflow-wrap:anywhere]">
              {setUpKey.replace(/(.{4})(?!$)/g, '$1 ')}
            </span>
            <CopyButton value={setUpKey} what={t('setUpKey')} />
          </p>
        </div>
      </div>
      <TextInput
        ref={field}
        label={t('code')}
        description={t('codeHelp')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={wrong}
      />
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={onCancel}>
          {actions('cancel')}
        </Button>
        <Button type="submit" loading={confirm.isPending} disabled={code.trim() === ''}>
          {t('confirm')}
        </Button>
      </div>
    </form>
  );
}
