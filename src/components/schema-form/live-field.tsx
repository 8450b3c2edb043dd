'use client';

import { Anchor, type InputWrapperProps, Loader, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { LiveChoices } from './fields';

type Words = Pick<InputWrapperProps, 'label' | 'description' | 'error' | 'inputWrapperOrder'>;

interface LiveFieldProps {
  common: Words & { placeholder?: string | undefined; disabled: boolean; value: string };
  offered: LiveChoices;
  required: boolean;
  onChange: (value: string) => void;
}

/** One of what the panel offers; plain text while it cannot be asked, or when somebody knows better. */
export function LiveField({ common, offered, required, onChange }: LiveFieldProps) {
  const t = useTranslations('schemaForm');
  const [typing, setTyping] = useState(false);
  const { state, items, refresh } = offered;
  const listed = state !== 'failed' && !typing;
  return (
    <div>
      {listed ? (
        <Offered common={common} offered={offered} required={required} onChange={onChange} />
      ) : (
        <TextInput
          {...common}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      <p className="mt-1.5 flex flex-wrap gap-x-3 text-[13px] text-ink-soft">
        {/* Told when it changes: the field may have become another one. */}
        <span role="status" className="[overflow-wrap:anywhere]">
          {offered.note}
        </span>
        {refresh && state !== 'loading' && !common.disabled && (
          <Anchor component="button" type="button" className="text-[13px]" onClick={refresh}>
            {t('askAgain')}
          </Anchor>
        )}
        {state === 'ready' && !common.disabled && (
          <Anchor component="button" type="button" className="text-[13px]" onClick={() => setTyping(!typing)}>
            {typing ? t('chooseListed', { count: items.length }) : t('typeInstead')}
          </Anchor>
        )}
      </p>
    </div>
  );
}

function Offered({ common, offered: { state, items }, required, onChange }: LiveFieldProps) {
  const t = useTranslations('schemaForm');
  const { value } = common;
  // What is stored stays choosable, also when the panel no longer offers it.
  const known = value === '' || items.some((choice) => choice.value === value);
  const data = known ? items : [{ value, label: value }, ...items];
  const about = new Map(items.map(({ value: one, description }) => [one, description]));
  const missing = state === 'ready' && !known;
  return (
    <Select
      {...common}
      placeholder={state === 'loading' ? t('asking') : t('choose')}
      error={common.error ?? (missing ? t('notOffered', { value }) : undefined)}
      searchable
      clearable={!required}
      allowDeselect={!required}
      rightSection={state === 'loading' ? <Loader size={16} /> : undefined}
      nothingFoundMessage={t('nothingOffered')}
      data={data.map(({ value: one, label }) => ({ value: one, label }))}
      renderOption={({ option }) => (
        <span>
          <span className="block">{option.label}</span>
          {about.get(option.value) && <span className="block text-xs text-ink-soft">{about.get(option.value)}</span>}
        </span>
      )}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
