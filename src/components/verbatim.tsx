'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from './copy-button';

/** Somebody else's words, exactly as they came, with a copy button. */
export function Verbatim({ text, label }: { text: string; label?: string }) {
  const t = useTranslations('actions');
  const what = label ?? t('details');
  return (
    <div className="relative rounded-lg border border-line bg-code">
      <div className="absolute top-1.5 right-1.5">
        <CopyButton value={text} what={what} />
      </div>
      {/* Scrolls by keyboard as well, therefore it can be focused. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={what} className="max-h-72 overflow-auto rounded-lg">
        <pre className="m-0 bg-transparent p-3 pr-10 font-mono text-xs leading-5 whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
          {text}
        </pre>
      </section>
    </div>
  );
}
