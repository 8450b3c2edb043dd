'use client';

import { Chip } from '@mantine/core';

interface FilterChipsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The empty value stands for "all". */
  options: { value: string; label: string }[];
}

/** One of a few values; the empty one stands for all. */
export function FilterChips({ label, value, onChange, options }: FilterChipsProps) {
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <Chip
          key={option.value}
          size="xs"
          radius="xl"
          variant="light"
          checked={value === option.value}
          onChange={() => onChange(option.value)}
        >
          {option.label}
        </Chip>
      ))}
    </fieldset>
  );
}
