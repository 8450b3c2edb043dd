import { Card, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title?: string;
  aside?: ReactNode;
  className?: string;
  /** Lists bring their own spacing up to the edge. */
  flush?: boolean;
  children: ReactNode;
}

/** A card with a heading. */
export function Section({ title, aside, className, flush = false, children }: SectionProps) {
  return (
    <Card component="section" padding={0} className={`bg-surface border-line ${className ?? ''}`}>
      {title && (
        <div
          className={`flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2 px-5 pt-4 ${flush ? 'pb-3' : 'pb-0'}`}
        >
          <Title order={2} className="text-[15px] leading-6 font-semibold">
            {title}
          </Title>
          {aside && <div className="text-sm text-ink-soft">{aside}</div>}
        </div>
      )}
      <div className={flush ? '' : title ? 'px-5 pt-3 pb-5' : 'p-5'}>{children}</div>
    </Card>
  );
}
