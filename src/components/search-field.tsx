'use client';

import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';

interface SearchFieldProps {
  value: string;
  onSearch: (value: string) => void;
  placeholder: string;
}

const PAUSE_MS = 250;

/** Searches while one types, after a short pause. */
export function SearchField({ value, onSearch, placeholder }: SearchFieldProps) {
  const t = useTranslations('actions');
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const search = useDebouncedCallback((next: string) => {
    sent.current = next;
    onSearch(next);
  }, PAUSE_MS);
  // The address changed by something else than this field, for example "back" or "clear filters".
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const change = (next: string) => {
    setText(next);
    search(next.trim());
  };
  return (
    <TextInput
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label={t('clearFilters')} onClick={() => change('')} />}
      className="w-full sm:max-w-sm"
      classNames={{ input: '[&::-webkit-search-cancel-button]:hidden' }}
    />
  );
}
