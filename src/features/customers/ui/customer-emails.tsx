'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { ListSkeleton } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';

const SHOWN = 10;

/** The last mails to one customer. */
export function CustomerEmails({ customerId }: { customerId: string }) {
  const t = useTranslations('customers');
  const trpc = useTRPC();
  const query = useQuery(trpc.emails.list.queryOptions({ customerId, limit: SHOWN }));
  if (query.isError && !query.data) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data?.items ?? [];
  return (
    <Section title={t('emails')} flush>
      {query.isPending && <ListSkeleton rows={2} />}
      {query.isSuccess && items.length === 0 && <p className="px-5 pb-5 text-sm text-ink-soft">{t('noEmails')}</p>}
      <ul className="divide-y divide-line">
        {items.map(({ id, subject, state, noServer, sentAt, createdAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 py-3 text-sm">
            <span className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">{subject}</span>
            <span className="flex items-center gap-3">
              <RelativeTime at={sentAt ?? createdAt} className="text-[13px] text-ink-soft" />
              <StatusBadge kind="email" status={noServer ? 'NO_SERVER' : state} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
