'use client';

import { Autocomplete, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Field, FieldOf } from './fields';
import { LiveField } from './live-field';
import { useField } from './surroundings';

export interface FieldProps<Kind extends Field['kind'] = Field['kind']> {
  field: FieldOf<Kind>;
  /** From the top of the form, without its prefix. */
  path: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

const ORDER: ('label' | 'description' | 'input' | 'error')[] = ['label', 'description', 'input', 'error'];

function useWords({ field, path }: Pick<FieldProps, 'field' | 'path'>) {
  const t = useTranslations('schemaForm');
  const { error, disabled } = useField(path);
  return {
    label: field.required || field.kind === 'switch' ? field.title : t('optional', { title: field.title }),
    description: field.description,
    placeholder: field.placeholder,
    error,
    disabled,
    inputWrapperOrder: ORDER,
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

export function TextField({ field, path, value, onChange }: FieldProps<'text'>) {
  const words = useWords({ field, path });
  const offered = useField(path).choices(field.choices);
  const common = { ...words, autoComplete: 'off', spellCheck: false, value: text(value) };
  if (offered) return <LiveField common={common} offered={offered} required={field.required} onChange={onChange} />;
  if (field.suggestions.length > 0)
    return <Autocomplete {...common} data={[...new Set(field.suggestions)]} onChange={onChange} />;
  if (field.multiline)
    return (
      <Textarea
        {...common}
        autosize
        minRows={3}
        maxRows={12}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...common}
      inputMode={field.format === 'uri' ? 'url' : field.format === 'email' ? 'email' : 'text'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function SecretField({ field, path, value, onChange }: FieldProps<'secret'>) {
  const t = useTranslations('schemaForm');
  const { isStored } = useField(path);
  const words = useWords({ field, path });
  return (
    <PasswordInput
      {...words}
      placeholder={isStored ? t('storedSecret') : words.placeholder}
      description={
        isStored && !words.disabled ? [field.description, t('keepSecret')].filter(Boolean).join(' ') : words.description
      }
      // Browsers offer their own stored passwords otherwise, and those are the staff's, not the panel's.
      autoComplete="new-password"
      visibilityToggleButtonProps={{ 'aria-label': t('showSecret', { title: field.title }) }}
      value={text(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function NumberField({ field, path, value, onChange }: FieldProps<'number'>) {
  const t = useTranslations('schemaForm');
  const words = useWords({ field, path });
  const { min, max } = field;
  const bounds =
    min !== undefined && max !== undefined
      ? t('between', { min, max })
      : min !== undefined
        ? t('atLeast', { min })
        : max !== undefined
          ? t('atMost', { max })
          : null;
  return (
    <NumberInput
      {...words}
      description={[field.description, bounds].filter(Boolean).join(' ') || undefined}
      allowDecimal={!field.whole}
      // A port is a name made of digits: only amounts are grouped.
      thousandSeparator={field.unit ? ' ' : ''}
      suffix={field.unit ? ` ${field.unit}` : ''}
      clampBehavior="none"
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : next === '' ? '' : Number(next))}
    />
  );
}

export function SwitchField({ field, path, value, onChange }: FieldProps<'switch'>) {
  const { inputWrapperOrder: _, placeholder: __, ...words } = useWords({ field, path });
  return <Switch {...words} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

/** A yes or no that may also be left open. */
export function OpenSwitchField({ field, path, value, onChange }: FieldProps<'switch'>) {
  const t = useTranslations('schemaForm');
  const words = useWords({ field, path });
  return (
    <Select
      {...words}
      label={t('optional', { title: field.title })}
      placeholder={t('leftOpen')}
      data={[
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]}
      clearable
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === null ? undefined : next === 'true')}
    />
  );
}

export function ChoiceField({ field, path, value, onChange }: FieldProps<'choice'>) {
  const t = useTranslations('schemaForm');
  const words = useWords({ field, path });
  return (
    <Select
      {...words}
      placeholder={words.placeholder ?? t('choose')}
      data={field.values}
      clearable={!field.required}
      allowDeselect={!field.required}
      value={text(value) || null}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

function isJson(written: string): boolean {
  if (written.trim() === '') return true;
  try {
    JSON.parse(written);
    return true;
  } catch {
    return false;
  }
}

export function JsonField({ field, path, value, onChange }: FieldProps<'json'>) {
  const t = useTranslations('schemaForm');
  const words = useWords({ field, path });
  return (
    <Textarea
      {...words}
      error={words.error ?? (isJson(text(value)) ? undefined : t('noJson'))}
      description={[field.description, t('json')].filter(Boolean).join(' ')}
      classNames={{ input: 'font-mono text-[13px]' }}
      autosize
      minRows={3}
      maxRows={16}
      spellCheck={false}
      value={text(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
