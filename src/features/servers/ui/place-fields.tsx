'use client';

import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { GroupSelect } from '@/features/groups/ui/group-select';
import { type PlaceValues, SERVER_TYPES } from './server-form-values';

interface PlaceFieldsProps {
  values: PlaceValues;
  /** The present one. */
  group: { id: string; name: string } | null;
  onChange: (change: Partial<PlaceValues>) => void;
  errors: Record<string, string>;
}

const ORDER: ('label' | 'description' | 'input' | 'error')[] = ['label', 'description', 'input', 'error'];

/** What a server is called, how customers reach it, how much it takes. */
export function PlaceFields({ values, group, onChange, errors }: PlaceFieldsProps) {
  const t = useTranslations('serverForm');
  const types = useTranslations('serverTypes');
  const text = (name: 'name' | 'hostname' | 'ipAddress') => ({
    label: t(`fields.${name}`),
    description: t(`help.${name}`),
    error: errors[name],
    autoComplete: 'off',
    spellCheck: false,
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
  });
  const number = (name: 'maxAccounts' | 'maxParallel') => ({
    label: t(`fields.${name}`),
    description: t(`help.${name}`),
    error: errors[name],
    inputWrapperOrder: ORDER,
    allowDecimal: false,
    value: values[name],
  });
  return (
    <div className="space-y-5">
      <TextInput {...text('name')} placeholder="Oak" />
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <TextInput {...text('hostname')} placeholder="oak.example.com" />
        <TextInput {...text('ipAddress')} placeholder="203.0.113.10" />
        <Select
          label={t('fields.type')}
          description={t('help.type')}
          error={errors.type}
          allowDeselect={false}
          data={SERVER_TYPES.map((value) => ({ value, label: types(value) }))}
          value={values.type}
          onChange={(next) => onChange({ type: SERVER_TYPES.find((type) => type === next) ?? values.type })}
        />
        <GroupSelect
          first={group}
          label={t('fields.groupId')}
          description={t('help.groupId')}
          error={errors.groupId}
          placeholder={t('noGroup')}
          none={t('groupNotFound')}
          clearButtonProps={{ 'aria-label': t('noGroup') }}
          value={values.groupId}
          onChange={(groupId) => onChange({ groupId })}
        />
        <NumberInput
          {...number('maxAccounts')}
          min={0}
          placeholder={t('noLimit')}
          onChange={(next) => onChange({ maxAccounts: typeof next === 'number' ? next : '' })}
        />
        <NumberInput
          {...number('maxParallel')}
          min={1}
          max={64}
          onChange={(next) => onChange({ maxParallel: typeof next === 'number' ? next : 1 })}
        />
      </div>
      <TagsInput
        label={t('fields.tags')}
        description={t('help.tags')}
        error={errors.tags}
        inputWrapperOrder={ORDER}
        maxTags={20}
        value={values.tags}
        onChange={(tags) => onChange({ tags })}
      />
    </div>
  );
}
