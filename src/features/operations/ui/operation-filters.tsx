'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SearchField } from '@/components/search-field';
import { ServerFilter } from '@/features/servers/ui/server-filter';
import { OPERATION_TAB_NAMES } from './operation-tabs';
import { KINDS, type OperationFilterTexts, readTab, TAB_REASONS, TAB_STATES } from './read-operation-filters';
import { TabLinks } from './tab-links';

interface OperationFiltersProps {
  texts: OperationFilterTexts;
  onChange: (change: Partial<OperationFilterTexts>) => void;
  /** What can be done with everything that fits. */
  children: ReactNode;
}

/** What the queue shows: a tab, narrowed by search, kind, state, reason and server. */
export function OperationFilters({ texts, onChange, children }: OperationFiltersProps) {
  const t = useTranslations('operations');
  const kinds = useTranslations('kinds');
  const states = useTranslations('status.operation');
  const reasons = useTranslations('reasons');
  const tab = readTab(texts.tab);
  return (
    <div className="mb-4 space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <TabLinks
          label={t('title')}
          value={tab}
          options={OPERATION_TAB_NAMES.map((name) => ({ value: name, label: t(`tabs.${name}`) }))}
          // Other states and other reasons stand in another tab.
          onChange={(next) => onChange({ tab: next === 'attention' ? '' : next, state: '', reason: '' })}
        />
        {children}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField value={texts.search} onSearch={(search) => onChange({ search })} placeholder={t('search')} />
        <div className="grid w-full grid-cols-2 gap-3 sm:flex sm:w-auto sm:flex-wrap">
          <Choice
            name="kind"
            placeholder="anyKind"
            value={texts.kind}
            onChange={(kind) => onChange({ kind })}
            options={KINDS.map((value) => ({ value, label: kinds(value) }))}
          />
          <Choice
            name="state"
            placeholder="anyState"
            value={texts.state}
            onChange={(state) => onChange({ state })}
            options={TAB_STATES[tab].map((value) => ({ value, label: states(value) }))}
          />
          <Choice
            name="reason"
            placeholder="anyReason"
            value={texts.reason}
            onChange={(reason) => onChange({ reason })}
            options={TAB_REASONS[tab].map((value) => ({ value, label: sentence(reasons(`${value}.short`)) }))}
          />
          <ServerFilter
            label={t('filters.server')}
            placeholder={t('filters.anyServer')}
            none={t('filters.noServer')}
            value={texts.server}
            onChange={(server) => onChange({ server })}
          />
        </div>
      </div>
    </div>
  );
}

interface ChoiceProps {
  name: 'kind' | 'state' | 'reason';
  placeholder: 'anyKind' | 'anyState' | 'anyReason';
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
}

function Choice({ name, placeholder, value, onChange, options }: ChoiceProps) {
  const t = useTranslations('operations.filters');
  if (options.length === 0) return null;
  return (
    <Select
      aria-label={t(name)}
      placeholder={t(placeholder)}
      clearable
      clearButtonProps={{ 'aria-label': t(placeholder) }}
      className={name === 'reason' ? 'sm:w-56' : 'sm:w-44'}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      data={options}
      value={options.some((option) => option.value === value) ? value : null}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

/** The short words of a reason stand inside sentences elsewhere; here they stand alone. */
function sentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
