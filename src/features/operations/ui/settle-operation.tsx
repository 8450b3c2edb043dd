'use client';

import { Button, Checkbox, Modal, Radio, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconGavel } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { FormProblem } from '@/components/form-problem';
import { useTRPC } from '@/trpc/client';

type Verdict = 'done' | 'not-done';

/** An administrator says what the panel cannot: it was done, or it was not. The panel is asked first all the same. */
export function SettleOperation({ operationId, creates }: { operationId: string; creates: boolean }) {
  const t = useTranslations('operations.settle');
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const { data: me } = useQuery({ ...trpc.users.me.queryOptions(), staleTime: 60_000 });
  if (me?.role !== 'ADMIN') return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconGavel size={15} aria-hidden />}
        onClick={open}
        className="relative z-10"
      >
        {t('label')}
      </Button>
      {opened && <SettleModal operationId={operationId} creates={creates} onClose={close} />}
    </>
  );
}

interface SettleModalProps {
  operationId: string;
  creates: boolean;
  onClose: () => void;
}

function SettleModal({ operationId, creates, onClose }: SettleModalProps) {
  const t = useTranslations('operations.settle');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict>('not-done');
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState(false);
  const settle = useMutation(
    trpc.operations.resolve.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('settled'), color: 'teal' });
        onClose();
      },
      onSettled: () => void cache.invalidateQueries(),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    settle.mutate({ id: operationId, as: verdict, reason: reason.trim(), ...(override && { override }) });
  };
  const words = creates ? 'create' : 'change';
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': actions('close') }}>
      <form onSubmit={submit} className="space-y-4" noValidate>
        {settle.error && <FormProblem title={t('refused')} text={settle.error.message} />}
        <Radio.Group
          label={t('question')}
          value={verdict}
          onChange={(value) => setVerdict(value === 'done' ? 'done' : 'not-done')}
        >
          <div className="mt-2 space-y-2.5">
            <Radio value="done" label={t(`${words}.done`)} description={t(`${words}.doneText`)} />
            <Radio value="not-done" label={t(`${words}.notDone`)} description={t(`${words}.notDoneText`)} />
          </div>
        </Radio.Group>
        <Textarea
          label={t('reason')}
          description={t('reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
        {settle.error && (
          <Checkbox
            label={t('override')}
            checked={override}
            onChange={(event) => setOverride(event.currentTarget.checked)}
          />
        )}
        <div className="flex justify-end gap-2 pt-2">
          <Button variant="default" onClick={onClose}>
            {actions('cancel')}
          </Button>
          <Button type="submit" loading={settle.isPending} disabled={reason.trim().length < 3}>
            {t('label')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
