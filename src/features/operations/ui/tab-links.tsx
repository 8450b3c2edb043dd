'use client';

import { SegmentedControl } from '@mantine/core';

interface TabLinksProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** Views of one list, side by side; on small screens they scroll within themselves. */
export function TabLinks<Value extends string>({ label, value, options, onChange }: TabLinksProps<Value>) {
  return (
    <div className="-mx-4 max-w-[100vw] overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <SegmentedControl
        aria-label={label}
        value={value}
        onChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen) onChange(chosen.value);
        }}
        data={options}
        radius="md"
        size="sm"
      />
    </div>
  );
}
