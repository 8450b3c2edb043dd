import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** The first step. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <div aria-hidden className="mb-4 grid size-12 place-items-center rounded-2xl bg-code text-ink-soft">
        {icon}
      </div>
      <p className="text-[15px] font-semibold text-balance">{title}</p>
      <p className="mt-1 max-w-sm text-sm text-pretty text-ink-soft">{text}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
