'use client';

import { Checkbox, Skeleton, Table } from '@mantine/core';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

export interface Column<Item> {
  key: string;
  label: string;
  render: (item: Item) => ReactNode;
  /** Below this width the column is left out of the table. */
  from?: 'lg' | 'xl';
  align?: 'right';
  /** Tailwind width class. */
  width?: string;
}

/** Which rows are ticked. */
export interface Selection {
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Ticks or clears everything that is shown. */
  setAll: (on: boolean) => void;
  all: boolean;
  some: boolean;
}

export interface RecordListProps<Item> {
  items: readonly Item[];
  label: string;
  idOf: (item: Item) => string;
  /** The name of the row and where it leads; the whole row is this link. */
  name: { label: string; render: (item: Item) => ReactNode; below?: (item: Item) => ReactNode };
  /** null = this row leads nowhere. */
  hrefOf?: (item: Item) => string | null;
  columns: Column<Item>[];
  /** What a card shows at its top right on small screens. */
  badge: (item: Item) => ReactNode;
  /** The facts that matter, under the name, on small screens. */
  facts: (item: Item) => ReactNode;
  /** Rows can be ticked. */
  selection?: Selection | undefined;
  /** What can be done with one row: a menu at its end. */
  menu?: ((item: Item) => ReactNode) | undefined;
  /** How a ticked row is called. */
  titleOf?: ((item: Item) => string) | undefined;
}

const FROM = { lg: 'hidden lg:table-cell', xl: 'hidden xl:table-cell' };

/** A list of records: a table from 768 px on, cards below. Rows are links. */
export function RecordList<Item>(props: RecordListProps<Item>) {
  return (
    <>
      <div className="hidden md:block">
        <RecordTable {...props} />
      </div>
      <ul aria-label={props.label} className="divide-y divide-line md:hidden">
        {props.items.map((item) => (
          <li key={props.idOf(item)} className="relative flex gap-3 px-4 py-3.5 hover:bg-hover">
            {props.selection && <Tick {...props} selection={props.selection} item={item} />}
            <div className="min-w-0 flex-1">
              <div className="flex items-start justify-between gap-3">
                <div className="min-w-0">
                  <Name {...props} item={item} />
                </div>
                <div className="shrink-0">{props.badge(item)}</div>
              </div>
              <div className="mt-1 text-[13px] text-ink-soft [overflow-wrap:anywhere]">{props.facts(item)}</div>
            </div>
            {props.menu && <div className="relative z-1 -mr-2 shrink-0">{props.menu(item)}</div>}
          </li>
        ))}
      </ul>
    </>
  );
}

function RecordTable<Item>(props: RecordListProps<Item>) {
  const { items, label, idOf, name, hrefOf, columns, selection, menu } = props;
  const t = useTranslations('lists');
  return (
    <Table verticalSpacing="sm" horizontalSpacing="sm" aria-label={label} className="text-sm">
      <Table.Thead>
        <Table.Tr className="border-line">
          {selection && (
            <Table.Th className="w-10 pr-0">
              <Checkbox
                size="xs"
                aria-label={t('tickAll')}
                checked={selection.all}
                indeterminate={selection.some && !selection.all}
                onChange={() => selection.setAll(!selection.all)}
              />
            </Table.Th>
          )}
          <Table.Th className="text-xs font-semibold text-ink-soft">{name.label}</Table.Th>
          {columns.map(({ key, label: heading, from, align, width }) => (
            <Table.Th
              key={key}
              className={`text-xs font-semibold text-ink-soft ${from ? FROM[from] : ''} ${align === 'right' ? 'text-right' : ''} ${width ?? ''}`}
            >
              {heading}
            </Table.Th>
          ))}
          {menu && (
            <Table.Th className="w-14">
              <span className="sr-only">{t('actions')}</span>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr
            key={idOf(item)}
            data-selected={selection?.has(idOf(item)) || undefined}
            className="relative border-line transition-colors hover:bg-hover data-selected:bg-brand-50 dark:data-selected:bg-brand-500/15"
          >
            {selection && (
              <Table.Td className="pr-0">
                <Tick {...props} selection={selection} item={item} />
              </Table.Td>
            )}
            <Table.Td className="max-w-72">
              <Name item={item} name={name} hrefOf={hrefOf} />
            </Table.Td>
            {columns.map(({ key, render, from, align }) => (
              <Table.Td key={key} className={`${from ? FROM[from] : ''} ${align === 'right' ? 'text-right' : ''}`}>
                {render(item)}
              </Table.Td>
            ))}
            {menu && (
              <Table.Td className="text-right">
                <span className="relative z-1">{menu(item)}</span>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Above the link that covers the row. */
function Tick<Item>({ item, idOf, selection, titleOf }: RecordListProps<Item> & { item: Item; selection: Selection }) {
  const t = useTranslations('lists');
  const id = idOf(item);
  return (
    <Checkbox
      size="xs"
      className="relative z-1 pt-0.5"
      aria-label={t('tick', { title: titleOf?.(item) ?? id })}
      checked={selection.has(id)}
      onChange={() => selection.toggle(id)}
    />
  );
}

interface NameProps<Item> {
  item: Item;
  name: RecordListProps<Item>['name'];
  hrefOf?: RecordListProps<Item>['hrefOf'] | undefined;
}

function Name<Item>({ item, name, hrefOf }: NameProps<Item>) {
  const words = <span className="block truncate">{name.render(item)}</span>;
  const href = hrefOf?.(item);
  return (
    <>
      {href ? (
        <Link href={href} className="row-link block font-medium text-ink no-underline">
          {words}
        </Link>
      ) : (
        <span className="block font-medium">{words}</span>
      )}
      {name.below && <span className="block truncate text-[13px] text-ink-soft">{name.below(item)}</span>}
    </>
  );
}

/** Keeps the place of a list while it loads. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="divide-y divide-line" aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have no other identity
        <div key={index} className="flex items-center gap-6 px-5 py-4">
          <div className="flex-1 space-y-2">
            <Skeleton height={13} width="45%" radius="sm" />
            <Skeleton height={10} width="28%" radius="sm" />
          </div>
          <Skeleton height={12} width={120} radius="sm" className="hidden md:block" />
          <Skeleton height={22} width={84} radius="xl" />
        </div>
      ))}
    </div>
  );
}
