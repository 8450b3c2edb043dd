'use client';

import { type ComboboxParsedItem, Loader, Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';

export interface Choice {
  value: string;
  label: string;
  /** Stands below the name, and is searched too. */
  note?: string | undefined;
}

const PAUSE_MS = 200;

/** What is typed into a `SearchSelect`: `search` is to be asked for, `settled` tells that nothing newer was typed. */
export function useSelectSearch(chosen: Choice | null) {
  const [typed, setTyped] = useState('');
  // The field shows the name of what was chosen: that is no question.
  const wanted = typed === chosen?.label ? '' : typed.trim();
  const [search] = useDebouncedValue(wanted, PAUSE_MS);
  return { chosen, setTyped, search: search || undefined, settled: search === wanted };
}

interface SearchSelectProps extends Omit<SelectProps, 'data' | 'filter' | 'value' | 'onChange' | 'onSearchChange'> {
  asked: ReturnType<typeof useSelectSearch>;
  /** The query for `asked.search`; it keeps the previous answer until the next is there. */
  query: { isPending: boolean; isPlaceholderData: boolean; error: { message: string } | null };
  /** What it found. */
  found: readonly Choice[];
  /** Said where nothing fits. */
  none: string;
  value?: string | null | undefined;
  onChoose: (choice: Choice | null) => void;
}

/** Finds one among any number: the server searches while one types. */
export function SearchSelect({ asked, query, found, none, onChoose, error, ...select }: SearchSelectProps) {
  const { chosen, setTyped, settled } = asked;
  // The chosen one keeps its name in the field also when it is not among what was found last.
  const isFound = new Set(found.map(({ value }) => value));
  const data = chosen?.label && !isFound.has(chosen.value) ? [chosen, ...found] : [...found];
  const noteOf = new Map(data.map(({ value, note }) => [value, note]));
  const answered = settled && !query.isPending && !query.isPlaceholderData;
  const fits = (option: ComboboxParsedItem, text: string) =>
    'value' in option &&
    `${option.label} ${noteOf.get(option.value) ?? ''}`.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
  return (
    <Select
      nothingFoundMessage={answered ? none : <Loader size="xs" />}
      searchable
      data={data}
      // The server searches in more than the name. Until it has answered, what is typed narrows what is here: Enter must
      // never take another one.
      filter={({ options, search: text }) =>
        options.filter((option) => (answered && 'value' in option && isFound.has(option.value)) || fits(option, text))
      }
      // Enter on the present one keeps it; to have none is what the clear button is for.
      allowDeselect={false}
      onSearchChange={setTyped}
      onChange={(id) => onChoose(data.find(({ value }) => value === id) ?? null)}
      renderOption={({ option }) => {
        const note = noteOf.get(option.value);
        return (
          <span className="min-w-0">
            <span className="block truncate">{option.label}</span>
            {note && <span className="block truncate text-xs text-ink-soft">{note}</span>}
          </span>
        );
      }}
      {...select}
      error={error ?? query.error?.message}
    />
  );
}
