'use client';

import { Button, Checkbox, Modal, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';
import { useReturnFocus } from '@/components/use-return-focus';
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

interface Values {
  reason: string;
  password: string;
  typed: string;
  now: boolean;
}

/** Asks with the name of the thing and says what will be lost; where data dies the name has to be typed. */
export function ConfirmChange({ change, serviceId, name, terminateAfterDays, onClose }: ConfirmChangeProps) {
  const t = useTranslations('services.do');
  const actions = useTranslations('actions');
  const changes = useChanges(onClose);
  useReturnFocus();
  const [values, setValues] = useState<Values>({ reason: '', password: '', typed: '', now: false });
  const { kind } = change;
  const mutation = changes[kind];
  const delayed = kind === 'terminate' && (terminateAfterDays ?? 0) > 0 && !values.now;
  const blocked = kind === 'terminate' && !delayed && values.typed.trim() !== name;
  const label = kind === 'action' ? change.label : delayed ? t('terminate.plan') : t(`${kind}.label`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked) send(changes, change, serviceId, values);
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
          {delayed
            ? t('terminate.planText', { days: terminateAfterDays ?? 0 })
            : kind === 'action' && change.confirm
              ? t('action.hurts')
              : t(`${kind}.text`)}
        </p>
        <ChangeFields
          kind={kind}
          name={name}
          values={values}
          onChange={(part) => setValues((before) => ({ ...before, ...part }))}
          mayDelay={(terminateAfterDays ?? 0) > 0}
          typeName={kind === 'terminate' && !delayed}
        />
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button
            type="submit"
            {...(kind === 'terminate' && { color: 'red' })}
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

function send(changes: ReturnType<typeof useChanges>, change: Change, id: string, values: Values): void {
  const because = values.reason.trim() === '' ? {} : { reason: values.reason.trim() };
  switch (change.kind) {
    case 'suspend':
      changes.suspend.mutate({ id, ...because });
      return;
    case 'unsuspend':
      changes.unsuspend.mutate({ id });
      return;
    case 'password':
      changes.password.mutate({ id, ...(values.password !== '' && { password: values.password }) });
      return;
    case 'terminate':
      changes.terminate.mutate({ id, ...because, ...(values.now && { now: true }) });
      return;
    case 'action':
      changes.action.mutate({ id, actionId: change.actionId });
      return;
  }
}

interface ChangeFieldsProps {
  kind: Change['kind'];
  name: string;
  values: Values;
  onChange: (part: Partial<Values>) => void;
  mayDelay: boolean;
  typeName: boolean;
}

function ChangeFields({ kind, name, values, onChange, mayDelay, typeName }: ChangeFieldsProps) {
  const t = useTranslations('services.do');
  return (
    <>
      {(kind === 'suspend' || kind === 'terminate') && (
        <Textarea
          label={t('reason')}
          description={t(`${kind}.reasonHelp`)}
          value={values.reason}
          onChange={(event) => onChange({ reason: event.currentTarget.value })}
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
          value={values.password}
          onChange={(event) => onChange({ password: event.currentTarget.value })}
          autoComplete="new-password"
          data-autofocus
        />
      )}
      {kind === 'terminate' && mayDelay && (
        <Checkbox
          label={t('terminate.now')}
          checked={values.now}
          onChange={(event) => onChange({ now: event.currentTarget.checked })}
        />
      )}
      {typeName && (
        <TextInput
          label={t('terminate.type', { name })}
          value={values.typed}
          onChange={(event) => onChange({ typed: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </>
  );
}
