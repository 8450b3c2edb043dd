'use client';

import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';

interface FoldProps {
  label: string;
  open?: boolean;
  children: ReactNode;
}

/** Details that most readers do not need at first. */
export function Fold({ label, open = false, children }: FoldProps) {
  const [opened, { toggle }] = useDisclosure(open);
  const id = useId();
  return (
    <div>
      <UnstyledButton
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={id}
        className="-ml-1 inline-flex items-center gap-0.5 rounded text-[13px] font-medium text-ink-soft hover:text-ink"
      >
        <IconChevronRight size={14} aria-hidden className={`transition-transform ${opened ? 'rotate-90' : ''}`} />
        {label}
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <div className="pt-2">{children}</div>
      </Collapse>
    </div>
  );
}
