'use client';

import { ActionIcon, Button, CloseButton, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RecordList, type RecordListProps } from '@/components/record-list';
import type { BulkAction } from './bulk-action';
import type { BulkQuestion } from './bulk-modal';
import { useSelection } from './use-selection';

// Loaded when something is to be changed: a list is read far more often.
const BulkModal = dynamic(() => import('./bulk-modal').then((module) => module.BulkModal), {
  ssr: false,
}) as typeof import('./bulk-modal').BulkModal; // `dynamic` forgets that it is generic

interface BulkListProps<Item> extends Omit<RecordListProps<Item>, 'selection' | 'menu' | 'titleOf'> {
  titleOf: (item: Item) => string;
  /** What can be done here; nothing = a plain list. */
  actions: BulkAction<Item>[];
}

/** A list whose rows can be ticked and changed together, or one by one from the menu at their end. */
export function BulkList<Item>({ actions, ...list }: BulkListProps<Item>) {
  const { items, idOf, titleOf } = list;
  const { chosen, selection, clear } = useSelection(items, idOf);
  const [question, setQuestion] = useState<BulkQuestion<Item> | null>(null);
  if (actions.length === 0) return <RecordList {...list} />;
  const close = (done: boolean) => {
    setQuestion(null);
    if (done) clear();
  };
  return (
    <>
      <RecordList
        {...list}
        selection={selection}
        menu={(item) => (
          <RowMenu
            title={titleOf(item)}
            item={item}
            actions={actions}
            onAsk={(action) => setQuestion({ action, items: [item] })}
          />
        )}
      />
      {chosen.length > 0 && (
        <BulkBar
          count={chosen.length}
          actions={actions.filter((action) => chosen.some((item) => action.refuse(item) === null))}
          onAsk={(action) => setQuestion({ action, items: chosen })}
          onClear={clear}
        />
      )}
      {question && <BulkModal question={question} idOf={idOf} titleOf={titleOf} onClose={close} />}
    </>
  );
}

interface RowMenuProps<Item> {
  item: Item;
  title: string;
  actions: BulkAction<Item>[];
  onAsk: (action: BulkAction<Item>) => void;
}

function RowMenu<Item>({ item, title, actions, onAsk }: RowMenuProps<Item>) {
  const t = useTranslations('lists');
  const fitting = actions.filter((action) => action.refuse(item) === null);
  if (fitting.length === 0) return null;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { title })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {fitting.map((action) => (
          <Menu.Item
            key={action.key}
            leftSection={action.icon}
            {...(action.danger && { color: 'red' })}
            onClick={() => onAsk(action)}
          >
            {action.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface BulkBarProps<Item> {
  count: number;
  actions: BulkAction<Item>[];
  onAsk: (action: BulkAction<Item>) => void;
  onClear: () => void;
}

/** What can be done with the ticked rows; stays in sight while the list scrolls. */
function BulkBar<Item>({ count, actions, onAsk, onClear }: BulkBarProps<Item>) {
  const t = useTranslations('lists');
  return (
    <section
      aria-label={t('ticked', { count })}
      className="sticky bottom-3 z-10 mx-3 mb-3 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-lg"
    >
      <p role="status" className="mr-2 text-sm font-medium">
        {t('ticked', { count })}
      </p>
      {actions.map((action) => (
        <Button
          key={action.key}
          size="xs"
          variant="default"
          leftSection={action.icon}
          {...(action.danger && { color: 'red' })}
          onClick={() => onAsk(action)}
        >
          {action.label}
        </Button>
      ))}
      <CloseButton className="ml-auto" aria-label={t('untick')} onClick={onClear} />
    </section>
  );
}
