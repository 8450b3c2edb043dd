'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

/** Asks for a code: who sits down at an open session must not be able to switch it off. */
export function RemoveTwoFactor() {
  const t = useTranslations('twoFactor');
  const [opened, { open, close }] = useDisclosure(false);
  const actions = useTranslations('actions');
  return (
    <>
      <Button variant="default" color="red" onClick={open}>
        {t('remove')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('removeTitle')}
        closeButtonProps={{ 'aria-label': actions('close') }}
      >
        <RemoveForm onClose={close} />
      </Modal>
    </>
  );
}

function RemoveForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('twoFactor');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [code, setCode] = useState('');
  const remove = useMutation(
    trpc.twoFactor.remove.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('removed'), color: 'teal' });
        onClose();
        await cache.invalidateQueries({ queryKey: trpc.twoFactor.pathKey() });
      },
    }),
  );
  const wrong = remove.error && issuesOf(remove.error).length > 0 ? t('removeCodeWrong') : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ code });
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="space-y-4">
      {remove.error && !wrong && <FormProblem title={t('notRemoved')} text={remove.error.message} />}
      <p className="text-sm text-ink-soft">{t('removeText')}</p>
      <TextInput
        label={t('removeCode')}
        autoComplete="one-time-code"
        spellCheck={false}
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={wrong}
      />
      <div className="flex justify-end gap-2 pt-2">
        <Button variant="default" onClick={onClose}>
          {actions('cancel')}
        </Button>
        <Button type="submit" color="red" loading={remove.isPending} disabled={code.trim() === ''}>
          {t('remove')}
        </Button>
      </div>
    </form>
  );
}
