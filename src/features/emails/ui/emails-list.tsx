'use client';

import { Button } from '@mantine/core';
import { IconMail, IconMailOff, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterChips } from '@/components/filter-chips';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { RelativeTime } from '@/components/relative-time';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { StatusBadge } from '@/components/status-badge';
import { Countdown } from '@/components/time-span';
import { useUrlFilters } from '@/components/use-url-filters';
import { BulkList } from '@/features/lists/ui/bulk-list';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { EMAIL_STATES, readEmailState } from './email-filters';
import { emailStatus, useTemplateName } from './email-words';
import { useEmailBulk } from './use-email-bulk';

type Email = RouterOutputs['emails']['list']['items'][number];

export function EmailsList() {
  const t = useTranslations('emails');
  const trpc = useTRPC();
  const states = useTranslations('status.email');
  const [filters, setFilters] = useUrlFilters(['search', 'state'] as const);
  const state = readEmailState(filters.state);
  const filtered = filters.search !== '' || state !== undefined;
  const query = useInfiniteQuery({
    ...trpc.emails.list.infiniteQueryOptions({ search: filters.search || undefined, state }, nextPage),
    refetchInterval: ({ state: known }) =>
      known.data?.pages.some(({ items }) => items.some(isOnItsWay)) ? 1000 : false,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.some(({ noServer }) => noServer) && <NoServerNote />}
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField value={filters.search} onSearch={(search) => setFilters({ search })} placeholder={t('search')} />
        <FilterChips
          label={t('columns.state')}
          value={state ?? ''}
          onChange={(value) => setFilters({ state: value })}
          options={[{ value: '', label: t('all') }, ...EMAIL_STATES.map((value) => ({ value, label: states(value) }))]}
        />
      </div>
      {query.isError && items.length === 0 && <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />}
      <Section flush className={query.isError && items.length === 0 ? 'hidden' : ''}>
        {query.isPending && <ListSkeleton />}
        {query.isSuccess && items.length === 0 && (
          <NoEmails filtered={filtered} onClear={() => setFilters({ search: '', state: '' })} />
        )}
        {items.length > 0 && <EmailRecords items={items} />}
        <LoadMore query={query} />
      </Section>
    </>
  );
}

function NoEmails({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('emails');
  const actions = useTranslations('actions');
  if (!filtered) return <EmptyState icon={<IconMail size={22} />} title={t('empty')} text={t('emptyText')} />;
  const clear = (
    <Button variant="default" onClick={onClear}>
      {actions('clearFilters')}
    </Button>
  );
  return (
    <EmptyState icon={<IconSearchOff size={22} />} title={t('filtered')} text={t('filteredText')} action={clear} />
  );
}

function isOnItsWay({ state, noServer }: Email): boolean {
  return state === 'QUEUED' && !noServer;
}

function NoServerNote() {
  const t = useTranslations('emails');
  return (
    <div data-tone="amber" role="status" className="mb-4 flex gap-3 rounded-xl bg-tone-bg p-4 text-sm text-tone-fg">
      <IconMailOff size={19} aria-hidden className="mt-px shrink-0" />
      <div>
        <p className="font-semibold">{t('noServer')}</p>
        <p>{t('noServerText')}</p>
      </div>
    </div>
  );
}

function EmailRecords({ items }: { items: Email[] }) {
  const t = useTranslations('emails');
  const templateName = useTemplateName();
  const actions = useEmailBulk();
  return (
    <BulkList
      actions={actions}
      titleOf={({ subject, to }) => `${subject} · ${to}`}
      items={items}
      label={t('title')}
      idOf={({ id }) => id}
      hrefOf={({ id }) => `/emails/${id}`}
      name={{
        label: t('columns.subject'),
        render: ({ subject }) => subject,
        below: ({ template }) => templateName(template),
      }}
      columns={[
        {
          key: 'to',
          label: t('columns.to'),
          render: ({ to, customer }) => (
            <>
              {customer?.name ?? to}
              {customer && <span className="block text-[13px] text-ink-soft">{to}</span>}
            </>
          ),
        },
        { key: 'state', label: t('columns.state'), render: (email) => <EmailState email={email} /> },
        {
          key: 'when',
          label: t('columns.when'),
          align: 'right',
          render: (email) => (
            <RelativeTime at={email.sentAt ?? email.createdAt} className="whitespace-nowrap text-ink-soft" />
          ),
        },
      ]}
      badge={(email) => <StatusBadge kind="email" status={emailStatus(email)} />}
      facts={(email) => (
        <>
          {email.to} · <RelativeTime at={email.sentAt ?? email.createdAt} />
        </>
      )}
    />
  );
}

function EmailState({ email }: { email: Email }) {
  const t = useTranslations('emails');
  const { lastError, nextTryAt } = email;
  return (
    <div className="max-w-80">
      <StatusBadge kind="email" status={emailStatus(email)} />
      {email.state !== 'SENT' && !email.noServer && (lastError || nextTryAt) && (
        <p className="mt-1 text-[13px] text-ink-soft [overflow-wrap:anywhere]">
          {lastError}
          {nextTryAt && (
            <span className="block">{t.rich('nextTry', { when: () => <Countdown to={nextTryAt} /> })}</span>
          )}
        </p>
      )}
    </div>
  );
}
