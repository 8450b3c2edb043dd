import Link from 'next/link';
import type { ReactNode } from 'react';

/** A name that leads to the page of what it names. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="rounded text-inherit underline decoration-line-strong underline-offset-3 hover:text-ink hover:decoration-current"
    >
      {children}
    </Link>
  );
}
