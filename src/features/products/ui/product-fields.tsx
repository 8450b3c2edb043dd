'use client';

import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslations } from 'next-intl';
import { GroupSelect } from '@/features/groups/ui/group-select';
import type { ProductValues } from './product-values';

interface FormPart {
  form: UseFormReturnType<ProductValues>;
}

const ORDER: ('label' | 'description' | 'input' | 'error')[] = ['label', 'description', 'input', 'error'];
const TYPES = ['SHARED', 'RESELLER', 'VPS', 'DEDICATED', 'GAME'] as const;

export function NameFields({ form }: FormPart) {
  const t = useTranslations('products');
  return (
    <div className="space-y-5">
      <TextInput label={t('name')} description={t('nameHelp')} autoComplete="off" {...form.getInputProps('name')} />
      <Textarea
        label={t('description')}
        autosize
        minRows={2}
        maxRows={8}
        inputWrapperOrder={ORDER}
        {...form.getInputProps('description')}
      />
      <Switch
        label={t('active')}
        description={t('activeHelp')}
        {...form.getInputProps('isActive', { type: 'checkbox' })}
      />
    </div>
  );
}

/** On which servers, and how long an order waits for room there. */
export function PlaceFields({ form, group }: FormPart & { group: { id: string; name: string } | null }) {
  const t = useTranslations('products');
  const types = useTranslations('serverTypes');
  return (
    <div className="space-y-5">
      <GroupSelect
        first={group}
        label={t('group')}
        description={t('groupHelp')}
        placeholder={t('groupNone')}
        none={t('groupNotFound')}
        clearButtonProps={{ 'aria-label': t('groupNone') }}
        {...form.getInputProps('serverGroupId')}
      />
      <Select
        label={t('type')}
        description={t('typeHelp')}
        placeholder={t('typeNone')}
        clearable
        clearButtonProps={{ 'aria-label': t('typeNone') }}
        data={TYPES.map((value) => ({ value, label: types(value) }))}
        {...form.getInputProps('requiredType')}
      />
      <TagsInput
        label={t('tags')}
        description={t('tagsHelp')}
        inputWrapperOrder={ORDER}
        {...form.getInputProps('requiredTags')}
      />
      <NumberInput
        label={t('maxWait')}
        description={t('maxWaitHelp')}
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${t('hours')}`}
        inputWrapperOrder={ORDER}
        {...form.getInputProps('maxWaitHours')}
      />
    </div>
  );
}

/** What the customer is told, and what happens at the end. */
export function DeliveryFields({ form }: FormPart) {
  const t = useTranslations('products');
  return (
    <div className="space-y-5">
      <Switch
        label={t('sendPassword')}
        description={t('sendPasswordHelp')}
        {...form.getInputProps('sendPassword', { type: 'checkbox' })}
      />
      <NumberInput
        label={t('terminateAfter')}
        description={t('terminateAfterHelp')}
        placeholder={t('atOnce')}
        allowDecimal={false}
        allowNegative={false}
        suffix={` ${t('days')}`}
        inputWrapperOrder={ORDER}
        {...form.getInputProps('terminateAfterDays')}
      />
    </div>
  );
}
