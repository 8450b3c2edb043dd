import { Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

interface PageProps {
  title: ReactNode;
  /** One line under the title; may hold more than text. */
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string };
  /** Reading width for forms; lists and pictures use all of it. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of every page inside the shell: where I am, what it is about, what I can do, then the content. */
export function Page({ title, lead, actions, back, narrow = false, children }: PageProps) {
  return (
    <div className={`mx-auto w-full ${narrow ? 'max-w-2xl' : 'max-w-[1240px]'}`}>
      {back && (
        <Link
          href={back.href}
          className="mb-2 -ml-1 inline-flex items-center gap-0.5 rounded text-sm font-medium text-ink-soft no-underline hover:text-ink"
        >
          <IconChevronLeft size={16} aria-hidden />
          {back.label}
        </Link>
      )}
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-56">
          <Title order={1} className="text-2xl leading-8 font-semibold tracking-tight [overflow-wrap:anywhere]">
            {title}
          </Title>
          {lead && <div className="mt-1 text-sm text-ink-soft">{lead}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
