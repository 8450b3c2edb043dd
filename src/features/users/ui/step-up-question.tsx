'use client';

import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useReturnFocus } from '@/components/use-return-focus';
import { useTRPC } from '@/trpc/client';

/** Above every other question: it is asked in the middle of one. */
const ABOVE = 500;

export function StepUpQuestion({ onClose }: { onClose: (entered: boolean) => void }) {
  const t = useTranslations('stepUp');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  useReturnFocus();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState('');
  const confirm = useMutation(trpc.users.confirmPassword.mutationOptions({ onSuccess: () => onClose(true) }));
  const wrong = confirm.error && issuesOf(confirm.error)[0]?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') confirm.mutate({ password }, { onError: () => field.current?.select() });
  };
  return (
    <Modal
      opened
      zIndex={ABOVE}
      onClose={() => onClose(false)}
      title={t('title')}
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      <form method="post" noValidate onSubmit={submit} className="space-y-4">
        {confirm.error && !wrong && <FormProblem title={t('failed')} text={confirm.error.message} />}
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <PasswordInput
          ref={field}
          label={t('password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong}
          data-autofocus
        />
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={() => onClose(false)}>
            {actions('cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={password === ''}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
