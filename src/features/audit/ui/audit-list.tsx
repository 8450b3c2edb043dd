'use client';

import { Button, Select, TextInput } from '@mantine/core';
import { IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterChips } from '@/components/filter-chips';
import { LoadMore } from '@/components/load-more';
import { nextPage } from '@/components/next-page';
import { ListSkeleton } from '@/components/record-list';
import { SearchField } from '@/components/search-field';
import { Section } from '@/components/section';
import { useUrlFilters } from '@/components/use-url-filters';
import { useTRPC } from '@/trpc/client';
import { AUDIT_TARGETS } from '../choices';
import { AuditEntryRow } from './audit-entry';
import { AUDIT_FILTERS, readAuditFilter } from './audit-filters';

const NOTHING = { search: '', on: '', id: '', by: '', from: '', to: '' };

export function AuditList() {
  const t = useTranslations('audit');
  const actions = useTranslations('actions');
  const trpc = useTRPC();
  const [texts, setTexts] = useUrlFilters(AUDIT_FILTERS);
  const filter = readAuditFilter(texts);
  const query = useInfiniteQuery(trpc.audit.list.infiniteQueryOptions(filter, nextPage));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  const clear = (
    <Button variant="default" size="xs" onClick={() => setTexts(NOTHING)}>
      {actions('clearFilters')}
    </Button>
  );
  return (
    <>
      <Filters texts={texts} onChange={setTexts} clear={filtered ? clear : null} />
      {query.isError && items.length === 0 ? (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Section flush>
          {query.isPending && <ListSkeleton />}
          {query.isSuccess && items.length === 0 && (
            <EmptyState
              icon={filtered ? <IconSearchOff size={22} /> : <IconHistory size={22} />}
              title={filtered ? t('emptyFiltered') : t('empty')}
              text={filtered ? t('emptyFilteredText') : t('emptyText')}
              action={filtered && clear}
            />
          )}
          <ul aria-label={t('title')} className="divide-y divide-line">
            {items.map((item) => (
              <AuditEntryRow key={item.id} item={item} />
            ))}
          </ul>
          <LoadMore query={query} />
        </Section>
      )}
    </>
  );
}

interface FiltersProps {
  texts: Record<(typeof AUDIT_FILTERS)[number], string>;
  onChange: (texts: Partial<FiltersProps['texts']>) => void;
  clear: React.ReactNode;
}

function Filters({ texts, onChange, clear }: FiltersProps) {
  const t = useTranslations('audit');
  const targets = useTranslations('audit.targets');
  return (
    <div className="mb-4 space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchField value={texts.search} onSearch={(search) => onChange({ search })} placeholder={t('search')} />
        <Select
          aria-label={t('targetFilter')}
          placeholder={t('targetFilter')}
          clearable
          clearButtonProps={{ 'aria-label': t('allTargets') }}
          data={AUDIT_TARGETS.map((value) => ({ value, label: targets(value) }))}
          value={texts.on || null}
          onChange={(on) => onChange({ on: on ?? '', id: '' })}
          className="w-full sm:w-48"
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Day label={t('from')} value={texts.from} onChange={(from) => onChange({ from })} />
        <Day label={t('to')} value={texts.to} onChange={(to) => onChange({ to })} />
        <FilterChips
          label={t('actorFilter')}
          value={texts.by}
          onChange={(by) => onChange({ by })}
          options={[
            { value: '', label: t('everybody') },
            { value: 'user', label: t('people') },
            { value: 'key', label: t('otherPrograms') },
            { value: 'system', label: t('program') },
          ]}
        />
        {texts.id && <span className="font-mono text-[13px] text-ink-soft [overflow-wrap:anywhere]">{texts.id}</span>}
        {clear}
      </div>
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <div className="flex w-full items-center gap-2 text-[13px] text-ink-soft sm:w-auto">
      <span aria-hidden className="min-w-16 sm:min-w-0">
        {label}
      </span>
      <TextInput
        type="date"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="flex-1"
      />
    </div>
  );
}
