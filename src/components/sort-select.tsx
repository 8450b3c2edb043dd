'use client';

import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { readNameSort } from './read-name-sort';

interface SortSelectProps {
  /** Empty = newest first. */
  value: string;
  onChange: (value: string) => void;
  /** Other orders than newest first. */
  options: { value: string; label: string }[];
}

/** What comes first in a list. */
export function SortSelect({ value, onChange, options }: SortSelectProps) {
  const t = useTranslations('lists.sort');
  return (
    <NativeSelect
      aria-label={t('label')}
      size="sm"
      className="w-full sm:w-52"
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: t('newest') }, ...options]}
    />
  );
}

/** For lists that are newest first or in the order of names. */
export function NameSort({ value, onChange }: Omit<SortSelectProps, 'options'>) {
  const t = useTranslations('lists.sort');
  return (
    <SortSelect value={readNameSort(value) ?? ''} onChange={onChange} options={[{ value: 'name', label: t('name') }]} />
  );
}
