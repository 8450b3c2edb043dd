'use client';

import { NativeSelect } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { SERVICE_SORTS } from './service-filters';

interface SortSelectProps {
  value: (typeof SERVICE_SORTS)[number] | undefined;
  /** Empty = newest first. */
  onChange: (value: string) => void;
}

/** What comes first in a list of services. */
export function SortSelect({ value, onChange }: SortSelectProps) {
  const t = useTranslations('services.sort');
  return (
    <NativeSelect
      aria-label={t('label')}
      size="sm"
      className="w-52"
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[{ value: '', label: t('newest') }, ...SERVICE_SORTS.map((sort) => ({ value: sort, label: t(sort) }))]}
    />
  );
}
