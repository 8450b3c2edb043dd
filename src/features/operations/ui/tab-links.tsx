'use client';

import { SegmentedControl } from '@mantine/core';
import { useEffect, useRef } from 'react';

interface TabLinksProps<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** Views of one list, side by side; on small screens they scroll within themselves. */
export function TabLinks<Value extends string>({ label, value, options, onChange }: TabLinksProps<Value>) {
  const frame = useRef<HTMLDivElement>(null);
  // The chosen one is seen, also when it stands beyond the edge of a small screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is another place to scroll to
  useEffect(() => {
    const chosen = frame.current?.querySelector('input:checked + label');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value]);
  return (
    <div ref={frame} className="-mx-4 max-w-[100vw] overflow-x-auto px-4 sm:mx-0 sm:px-0">
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
