'use client';

import { IconAlertCircle } from '@tabler/icons-react';

/** What was refused, above the fields; the fields carry their own messages. */
export function FormProblem({ title, text }: { title: string; text: string }) {
  return (
    <div data-tone="red" role="alert" className="flex gap-2.5 rounded-lg bg-tone-bg p-3 text-sm text-tone-fg">
      <IconAlertCircle size={18} aria-hidden className="mt-px shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <p className="whitespace-pre-line [overflow-wrap:anywhere]">{text}</p>
      </div>
    </div>
  );
}
