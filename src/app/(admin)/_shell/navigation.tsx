'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useOverview } from '@/features/dashboard/ui/use-overview';
import { useMe } from '@/features/users/ui/use-me';
import { type Entry, GROUPS } from './navigation-entries';

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations('shell');
  const { data } = useOverview();
  const { isAdmin } = useMe();
  const problems = {
    operations: (data?.counts.failed ?? 0) + (data?.counts.unknown ?? 0),
    servers: data?.counts.held ?? 0,
  };
  return (
    <nav aria-label={t('navigation')} className="mt-5">
      {GROUPS.map(({ key, entries }) => (
        <div key={key} className="mb-5">
          <p className="px-3 pb-1.5 text-xs font-semibold tracking-wide text-ink-soft">{t(key)}</p>
          <ul className="space-y-0.5">
            {entries
              .filter(({ adminOnly }) => isAdmin || !adminOnly)
              .map((entry) => (
                <li key={entry.href}>
                  <NavigationLink
                    entry={entry}
                    count={entry.problems ? problems[entry.problems] : 0}
                    onNavigate={onNavigate}
                  />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface NavigationLinkProps {
  entry: Entry;
  count: number;
  onNavigate: (() => void) | undefined;
}

function NavigationLink({ entry, count, onNavigate }: NavigationLinkProps) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const active = entry.href === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${entry.href}/`);
  const Icon = entry.icon;
  return (
    <Link
      href={entry.href}
      onClick={onNavigate}
      aria-current={active ? 'page' : undefined}
      className={`flex items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium no-underline transition-colors ${
        active
          ? 'bg-brand-50 text-brand-700 dark:bg-brand-500/20 dark:text-brand-200'
          : 'text-ink-soft hover:bg-hover hover:text-ink'
      }`}
    >
      <Icon size={19} stroke={1.7} aria-hidden className="shrink-0" />
      <span className="flex-1">{t(entry.key)}</span>
      {count > 0 && (
        <span
          data-tone={entry.problems === 'servers' ? 'amber' : 'red'}
          className="min-w-6 rounded-full bg-tone-bg px-1.5 text-center text-xs leading-5 font-semibold text-tone-fg tabular-nums"
        >
          <span aria-hidden>{count > 99 ? '99+' : count}</span>
          <span className="sr-only">{t('problems', { count })}</span>
        </span>
      )}
    </Link>
  );
}
