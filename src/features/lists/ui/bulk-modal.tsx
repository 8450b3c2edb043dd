'use client';

import { Button, Loader, Modal, Textarea, TextInput } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useReturnFocus } from '@/components/use-return-focus';
import { type BulkAction, type BulkOutcome, runAll } from './bulk-action';

export interface BulkQuestion<Item> {
  action: BulkAction<Item>;
  items: readonly Item[];
}

interface BulkModalProps<Item> {
  question: BulkQuestion<Item> | null;
  idOf: (item: Item) => string;
  titleOf: (item: Item) => string;
  onClose: (done: boolean) => void;
}

/** Shows exactly what will be touched and what will be left out, does it, and tells how each row ended. */
export function BulkModal<Item>({ question, onClose, ...rest }: BulkModalProps<Item>) {
  const t = useTranslations('lists.bulk');
  const actions = useTranslations('actions');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  useReturnFocus();
  if (!question) return null;
  const { action, items } = question;
  const close = () => {
    if (!busy) onClose(done);
  };
  return (
    <Modal
      opened
      size="lg"
      onClose={close}
      title={t('title', { label: action.label, count: items.length })}
      closeButtonProps={{ 'aria-label': actions('close'), disabled: busy }}
    >
      <Question question={question} onBusy={setBusy} onDone={() => setDone(true)} onClose={close} {...rest} />
    </Modal>
  );
}

interface QuestionProps<Item> extends Pick<BulkModalProps<Item>, 'idOf' | 'titleOf'> {
  question: BulkQuestion<Item>;
  onBusy: (busy: boolean) => void;
  onDone: () => void;
  onClose: () => void;
}

const SHORTEST_REASON = 3;

function Question<Item>({ question, idOf, titleOf, onBusy, onDone, onClose }: QuestionProps<Item>) {
  const t = useTranslations('lists.bulk');
  const actions = useTranslations('actions');
  const cache = useQueryClient();
  const [state, setState] = useState<'asking' | 'running' | 'done'>('asking');
  const [outcomes, setOutcomes] = useState<Record<string, BulkOutcome>>({});
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { action } = question;
  // As it was when it was asked: a row that changes meanwhile is judged by the server.
  const [rows] = useState(() => question.items.map((item) => ({ item, refused: action.refuse(item) })));
  const touched = rows.flatMap(({ item, refused }) => (refused === null ? [item] : []));
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (state !== 'asking') return;
    if (action.reason === 'needed' && reason.trim().length < SHORTEST_REASON) return setProblem(t('reasonMissing'));
    setState('running');
    onBusy(true);
    await runAll(action, touched, idOf, reason.trim(), (outcome) =>
      setOutcomes((before) => ({ ...before, [outcome.id]: outcome })),
    );
    setState('done');
    onBusy(false);
    onDone();
    await cache.invalidateQueries();
  };
  const ended = Object.values(outcomes);
  const failed = ended.filter(({ error }) => error !== null).length;
  const blocked = touched.length === 0 || (action.typed === true && typed.trim() !== String(touched.length));
  return (
    <form onSubmit={(event) => void start(event)} className="space-y-4" noValidate>
      <p className="text-sm text-ink-soft">{action.text}</p>
      <ul className="max-h-72 divide-y divide-line overflow-auto rounded-lg border border-line text-sm" tabIndex={-1}>
        {rows.map(({ item, refused }) => (
          <Row
            key={idOf(item)}
            title={titleOf(item)}
            refused={refused}
            note={action.note?.(item) ?? null}
            outcome={outcomes[idOf(item)]}
            running={state === 'running'}
          />
        ))}
      </ul>
      <p role="status" className="text-sm font-medium">
        {state === 'asking' && t('will', { count: touched.length, left: rows.length - touched.length })}
        {state === 'running' && t('running', { done: ended.length, count: touched.length })}
        {state === 'done' && t('done', { done: ended.length - failed, failed })}
      </p>
      {state === 'asking' && action.reason && (
        <Textarea
          data-autofocus
          label={action.reason === 'needed' ? t('reason') : t('reasonOptional')}
          description={t('reasonHelp')}
          error={problem}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {state === 'asking' && action.typed && touched.length > 0 && (
        <TextInput
          label={t('type', { count: touched.length })}
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <div className="flex justify-end gap-2 pt-1">
        <Button variant="default" onClick={onClose} disabled={state === 'running'}>
          {state === 'done' ? actions('close') : actions('cancel')}
        </Button>
        {state !== 'done' && (
          <Button
            type="submit"
            {...(action.danger && { color: 'red.9' })}
            loading={state === 'running'}
            disabled={blocked}
          >
            {t('button', { label: action.label, count: touched.length })}
          </Button>
        )}
      </div>
    </form>
  );
}

interface RowProps {
  title: string;
  refused: string | null;
  note: string | null;
  outcome: BulkOutcome | undefined;
  running: boolean;
}

/** One row: takes part or not and why, and later how it ended. */
function Row({ title, refused, note, outcome, running }: RowProps) {
  const t = useTranslations('lists.bulk');
  const below = outcome?.error ?? (refused === null ? note : t('leftOut', { why: refused }));
  return (
    <li className={`flex items-start gap-2.5 px-3 py-2 ${refused === null ? '' : 'bg-hover text-ink-soft'}`}>
      <span className="min-w-0 flex-1">
        <span className={`block truncate ${refused === null ? 'font-medium' : ''}`}>{title}</span>
        {below && <span className="block text-[13px] text-ink-soft [overflow-wrap:anywhere]">{below}</span>}
      </span>
      {refused === null && running && !outcome && <Loader size={16} aria-hidden className="mt-0.5" />}
      {outcome && (
        <span data-tone={outcome.error === null ? 'green' : 'red'} className="mt-0.5 text-tone-fg">
          {outcome.error === null ? (
            <IconCircleCheck size={18} aria-label={t('rowDone')} />
          ) : (
            <IconAlertCircle size={18} aria-label={t('rowRefused')} />
          )}
        </span>
      )}
    </li>
  );
}
