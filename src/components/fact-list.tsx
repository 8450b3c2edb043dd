import type { ReactNode } from 'react';
import { Breakable } from './breakable';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Stands after the value, for example a copy button. */
  aside?: ReactNode;
}

/** Names and values, one under the other. */
export function FactList({ facts }: { facts: (Fact | null)[] }) {
  return (
    <dl className="space-y-2.5 text-sm">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact.label} className="grid grid-cols-[6.75rem_minmax(0,1fr)] items-baseline gap-3">
              <dt className="text-[13px] text-ink-soft">{fact.label}</dt>
              <dd className="m-0 flex min-w-0 items-center gap-1 [overflow-wrap:anywhere]">
                <span className="min-w-0">
                  {typeof fact.value === 'string' ? <Breakable text={fact.value} /> : fact.value}
                </span>
                {fact.aside}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
