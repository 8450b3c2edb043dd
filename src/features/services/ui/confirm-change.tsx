'use client';

import { Button, Checkbox, Modal, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';
import { useChanges } from './use-change';

export type Change =
  | { kind: 'suspend' }
  | { kind: 'unsuspend' }
  | { kind: 'password' }
  | { kind: 'terminate' }
  | { kind: 'action'; actionId: string; label: string; confirm: boolean };

interface ConfirmChangeProps {
  change: Change;
  serviceId: string;
  name: string;
  terminateAfterDays: number | null;
  onClose: () => void;
}

/** Asks with the name of the thing and says what will be lost; where data dies the name has to be typed. */
export function ConfirmChange({ change, serviceId, name, terminateAfterDays, onClose }: ConfirmChangeProps) {
  const t = useTranslations('services.do');
  const actions = useTranslations('actions');
  const changes = useChanges(onClose);
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState('');
  const [typed, setTyped] = useState('');
  const [now, setNow] = useState(false);
  const { kind } = change;
  const mutation = changes[kind];
  const delayed = kind === 'terminate' && terminateAfterDays !== null && terminateAfterDays > 0 && !now;
  const blocked = kind === 'terminate' && !delayed && typed.trim() !== name;
  const label = kind === 'action' ? change.label : delayed ? t('terminate.plan') : t(`${kind}.label`);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blocked) return;
    const because = reason.trim() === '' ? {} : { reason: reason.trim() };
    switch (kind) {
      case 'suspend':
        return changes.suspend.mutate({ id: serviceId, ...because });
      case 'unsuspend':
        return changes.unsuspend.mutate({ id: serviceId });
      case 'password':
        return changes.password.mutate({ id: serviceId, ...(password !== '' && { password }) });
      case 'terminate':
        return changes.terminate.mutate({ id: serviceId, ...because, ...(now && { now: true }) });
      case 'action':
        return changes.action.mutate({ id: serviceId, actionId: change.actionId });
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={kind === 'action' ? t('action.title', { label: change.label, name }) : t(`${kind}.title`, { name })}
      closeButtonProps={{ 'aria-label': actions('close') }}
    >
      <form onSubmit={submit} className="space-y-4" noValidate>
        {mutation.error && <FormProblem title={t('refused')} text={mutation.error.message} />}
        <p className="text-sm text-ink-soft">
          {delayed ? t('terminate.planText', { days: terminateAfterDays ?? 0 }) : t(`${kind}.text`)}
        </p>
        {(kind === 'suspend' || kind === 'terminate') && (
          <Textarea
            label={t('reason')}
            description={t(`${kind}.reasonHelp`)}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
          />
        )}
        {kind === 'password' && (
          <PasswordInput
            label={t('password.field')}
            description={t('password.help')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            data-autofocus
          />
        )}
        {kind === 'terminate' && terminateAfterDays !== null && terminateAfterDays > 0 && (
          <Checkbox
            label={t('terminate.now')}
            checked={now}
            onChange={(event) => setNow(event.currentTarget.checked)}
          />
        )}
        {kind === 'terminate' && !delayed && (
          <TextInput
            label={t('terminate.type', { name })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button
            type="submit"
            color={kind === 'terminate' ? 'red' : undefined}
            loading={mutation.isPending}
            disabled={blocked}
          >
            {label}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
