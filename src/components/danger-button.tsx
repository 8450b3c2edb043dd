'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FormProblem } from './form-problem';

interface DangerButtonProps {
  /** Says what happens, on the button and again in the question. */
  label: string;
  /** As small as the buttons beside it. */
  size?: 'xs' | 'sm';
  icon?: ReactNode;
  /** The question, with the name of the thing. */
  title: string;
  /** What will be lost. */
  text: string;
  /** Over the server's words when it refuses. */
  refused: string;
  action: { mutate: () => void; isPending: boolean; error: { message: string } | null; reset: () => void };
}

/** Asks before something is lost; a refusal is told where the question was asked. */
export function DangerButton({ label, size = 'sm', icon, title, text, refused, action }: DangerButtonProps) {
  const t = useTranslations('actions');
  const [opened, { open, close }] = useDisclosure(false);
  const ask = () => {
    action.reset();
    open();
  };
  return (
    <>
      <Button size={size} variant="default" color="red" leftSection={icon} onClick={ask}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
        {action.error ? <FormProblem title={refused} text={action.error.message} /> : <p className="text-sm">{text}</p>}
        <div className="mt-6 flex justify-end gap-2">
          <Button variant="default" onClick={close} data-autofocus>
            {action.error ? t('close') : t('cancel')}
          </Button>
          {!action.error && (
            <Button color="red" loading={action.isPending} onClick={action.mutate}>
              {label}
            </Button>
          )}
        </div>
      </Modal>
    </>
  );
}
