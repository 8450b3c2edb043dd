'use client';

import { Button, Menu, Modal, Textarea } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormProblem } from '@/components/form-problem';

export interface ReasonQuestion {
  /** Says what happens, on the button and again in the question. */
  label: string;
  title: string;
  text: string;
  danger?: boolean;
  optional?: boolean;
  act: (reason: string) => Promise<unknown>;
}

const SHORTEST_REASON = 3;

/** Asks why, does it, and tells a refusal where the question was asked. */
export function ReasonModal({ question, onClose }: { question: ReasonQuestion | null; onClose: () => void }) {
  return (
    <Modal opened={question !== null} onClose={onClose} title={question?.title} withCloseButton={false}>
      {question && <Question key={question.title} question={question} onClose={onClose} />}
    </Modal>
  );
}

function Question({ question, onClose }: { question: ReasonQuestion; onClose: () => void }) {
  const t = useTranslations('serverPage');
  const actions = useTranslations('actions');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async (event: FormEvent) => {
    event.preventDefault();
    if (!question.optional && reason.trim().length < SHORTEST_REASON) return setProblem(t('reasonMissing'));
    setBusy(true);
    setProblem(null);
    try {
      await question.act(reason.trim());
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : t('refused'));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void act(event)} className="space-y-4">
      {problem && <FormProblem title={t('refused')} text={problem} />}
      <p className="text-sm">{question.text}</p>
      <Textarea
        data-autofocus
        label={question.optional ? t('reasonOptional') : t('reason')}
        description={t('reasonHelp')}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="flex justify-end gap-2">
        <Button variant="default" onClick={onClose}>
          {actions('cancel')}
        </Button>
        <Button type="submit" color={question.danger ? 'red.9' : undefined} loading={busy}>
          {question.label}
        </Button>
      </div>
    </form>
  );
}

/** An entry of a menu that opens its question. */
export function ReasonItem({
  icon,
  question,
  onAsk,
}: {
  icon: ReactNode;
  question: ReasonQuestion;
  onAsk: (question: ReasonQuestion) => void;
}) {
  return (
    <Menu.Item leftSection={icon} onClick={() => onAsk(question)}>
      {question.label}
    </Menu.Item>
  );
}
