'use client';

import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

interface MyPasswordProps {
  serviceId: string;
  name: string;
  onClose: () => void;
}

/** Asks for one's own password, then shows the panel's until the window is closed: it is kept nowhere in the page. */
export function MyPassword({ serviceId, name, onClose }: MyPasswordProps) {
  const t = useTranslations('client.page.reveal');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [own, setOwn] = useState('');
  const reveal = useMutation(
    trpc.my.revealPassword.mutationOptions({ gcTime: 0, onSuccess: () => void cache.invalidateQueries() }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (own !== '') reveal.mutate({ id: serviceId, ownPassword: own });
  };
  const shown = reveal.data?.password;
  return (
    <Modal
      opened
      onClose={onClose}
      title={shown ? t('shown') : t('title')}
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      {shown ? (
        <div className="space-y-3" role="status">
          <p className="text-sm text-ink-soft">{name}</p>
          <p className="flex items-center gap-2 rounded-lg bg-code px-3 py-2">
            <span className="min-w-0 flex-1 font-mono text-sm [overflow-wrap:anywhere]">{shown}</span>
            <CopyButton value={shown} what={t('shown')} />
          </p>
          <p className="text-[13px] text-ink-soft">{t('shownText')}</p>
        </div>
      ) : (
        <form onSubmit={submit} className="space-y-4" noValidate>
          {reveal.error && <FormProblem title={t('refused')} text={reveal.error.message} />}
          <p className="text-sm text-ink-soft">{t('text')}</p>
          <PasswordInput
            label={t('own')}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
            autoComplete="current-password"
            data-autofocus
          />
          <div className="flex justify-end gap-2">
            <Button variant="default" onClick={onClose}>
              {actions('cancel')}
            </Button>
            <Button type="submit" loading={reveal.isPending} disabled={own === ''}>
              {t('show')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
