'use client';

import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import type { Field } from './fields';
import {
  ChoiceField,
  type FieldProps,
  JsonField,
  NumberField,
  OpenSwitchField,
  SecretField,
  SwitchField,
  TextField,
} from './simple-fields';
import { useField } from './surroundings';
import { type FormObject, initialUnion, initialValue, initialValues, isObject, isOpen } from './values';

interface FieldsViewProps {
  fields: readonly Field[];
  values: FormObject;
  onChange: (values: FormObject) => void;
  at: string;
}

/** The fields of one object, one under the other. */
export function FieldsView({ fields, values, onChange, at }: FieldsViewProps) {
  return (
    <div className="space-y-5">
      {fields.map((field) => (
        <FieldView
          key={field.name}
          field={field}
          path={at ? `${at}.${field.name}` : field.name}
          value={values[field.name]}
          onChange={(value) => onChange({ ...values, [field.name]: value })}
        />
      ))}
    </div>
  );
}

/** One field, drawn as its kind asks. */
export function FieldView({ field, ...rest }: FieldProps) {
  switch (field.kind) {
    case 'group':
      return <GroupField field={field} {...rest} />;
    case 'union':
      return <UnionField field={field} {...rest} />;
    case 'list':
      return <ListField field={field} {...rest} />;
    case 'secret':
      return <SecretField field={field} {...rest} />;
    case 'number':
      return <NumberField field={field} {...rest} />;
    case 'switch':
      return isOpen(field) ? <OpenSwitchField field={field} {...rest} /> : <SwitchField field={field} {...rest} />;
    case 'choice':
      return <ChoiceField field={field} {...rest} />;
    case 'json':
      return <JsonField field={field} {...rest} />;
    default:
      return <TextField field={field} {...rest} />;
  }
}

interface FrameProps {
  title: string;
  description?: string | undefined;
  error?: string | undefined;
  children: ReactNode;
}

/** On a small screen a line at the side is all there is room for: frames stand in frames. */
const FRAME =
  'min-w-0 rounded-xl border border-line p-4 max-sm:rounded-none max-sm:border-0 max-sm:border-l-2 max-sm:p-0 max-sm:pl-3';

/** Fields that belong together, under one heading. */
function Frame({ title, description, error, children }: FrameProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? id : undefined} className={FRAME}>
      <legend className="px-1 text-sm max-sm:px-0 max-sm:pb-2 font-semibold">{title}</legend>
      {description && <p className="-mt-1 mb-3 text-[13px] text-ink-soft">{description}</p>}
      {children}
      {error && (
        <p id={id} role="alert" className="mt-2 text-[13px] text-[var(--mantine-color-error)]">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function GroupField({ field, path, value, onChange }: FieldProps<'group'>) {
  const t = useTranslations('schemaForm');
  const { error, disabled } = useField(path);
  if (value === undefined && !field.required) {
    return (
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={disabled}
          onClick={() => onChange(initialValues(field.fields))}
        >
          {t('addGroup', { title: field.title })}
        </Button>
        {error && (
          <p role="alert" className="mt-2 text-[13px] text-[var(--mantine-color-error)]">
            {error}
          </p>
        )}
      </div>
    );
  }
  return (
    <Frame title={field.title} description={field.description} error={error}>
      <FieldsView fields={field.fields} values={isObject(value) ? value : {}} onChange={onChange} at={path} />
      {!field.required && (
        <Button
          className="mt-4"
          variant="subtle"
          color="red"
          size="xs"
          leftSection={<IconTrash size={15} aria-hidden />}
          disabled={disabled}
          onClick={() => onChange(undefined)}
        >
          {t('removeGroup', { title: field.title })}
        </Button>
      )}
    </Frame>
  );
}

/** More alternatives than this do not fit side by side. */
const SIDE_BY_SIDE = 4;

function UnionField({ field, path, value, onChange }: FieldProps<'union'>) {
  const { error, disabled } = useField(path);
  const values = isObject(value) ? value : {};
  const chosen = field.variants.find((variant) => variant.value === values[field.by]);
  // What both alternatives have in common keeps what was typed.
  const choose = (next: string | null) => onChange(initialUnion(field, { ...values, [field.by]: next }));
  const common = { data: field.variants.map(({ value: one, label }) => ({ value: one, label })), disabled };
  return (
    <Frame title={field.title} description={field.description} error={error}>
      {field.variants.length <= SIDE_BY_SIDE ? (
        <div className="mb-4 overflow-x-auto">
          <SegmentedControl {...common} aria-label={field.title} value={chosen?.value ?? ''} onChange={choose} />
        </div>
      ) : (
        <Select {...common} className="mb-4" aria-label={field.title} value={chosen?.value ?? null} onChange={choose} />
      )}
      {chosen && <FieldsView fields={chosen.fields} values={values} onChange={onChange} at={path} />}
    </Frame>
  );
}

function ListField({ field, path, value, onChange }: FieldProps<'list'>) {
  const t = useTranslations('schemaForm');
  const { error, disabled } = useField(path);
  const items: unknown[] = Array.isArray(value) ? value : [];
  const isWide = field.item.kind === 'group' || field.item.kind === 'union';
  const full = field.max !== undefined && items.length >= field.max;
  return (
    <Frame title={field.title} description={field.description} error={error}>
      {items.length === 0 && <p className="mb-3 text-[13px] text-ink-soft">{t('noItems')}</p>}
      <ol className="space-y-3">
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place, as in the settings
          <li key={index} className={isWide ? 'relative' : 'flex items-end gap-2'}>
            <div className="min-w-0 flex-1">
              <FieldView
                field={{ ...field.item, title: t('item', { title: field.item.title, number: index + 1 }) }}
                path={`${path}.${index}`}
                value={item}
                onChange={(next) => onChange(items.map((old, place) => (place === index ? next : old)))}
              />
            </div>
            <ActionIcon
              className={isWide ? 'absolute! top-6 right-1 max-sm:top-0' : ''}
              variant="subtle"
              color="red"
              size="lg"
              disabled={disabled}
              aria-label={t('removeItem', { title: field.title, number: index + 1 })}
              onClick={() => onChange(items.filter((_, place) => place !== index))}
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        className="mt-3"
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} aria-hidden />}
        disabled={disabled || full}
        onClick={() => onChange([...items, initialValue(field.item, undefined)])}
      >
        {full ? t('listFull', { max: field.max ?? 0 }) : t('addItem')}
      </Button>
    </Frame>
  );
}
