'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { FieldOf } from '@/components/schema-form/fields';
import { SchemaForm } from '@/components/schema-form/schema-form';
import type { FormObject } from '@/components/schema-form/values';
import type { RouterInputs } from '@/trpc/types';

export type Operation = RouterInputs['modules']['previewDefinition']['operation'];

interface DefinitionOperationsProps {
  field: FieldOf<'group'>;
  values: FormObject;
  onChange: (values: FormObject) => void;
  errors: Record<string, string>;
  chosen: Operation;
  onChoose: (operation: Operation) => void;
}

/** One operation at a time: all of them one under the other would be a form that nobody reads to its end. */
export function DefinitionOperations({ field, values, onChange, errors, chosen, onChoose }: DefinitionOperationsProps) {
  const t = useTranslations('definitions');
  const names = field.fields.map(({ name }) => name as Operation); // the fields of its schema
  const items = (isHere: boolean) =>
    names
      .filter((name) => (values[name] !== undefined) === isHere)
      .map((name) => ({ value: name, label: t(`operations.${name}`) }));
  const groups = [
    { group: t('operationsHere'), items: items(true) },
    { group: t('operationsMore'), items: items(false) },
  ];
  return (
    <div className="space-y-5">
      <Select
        label={t('operation')}
        data={groups.filter((group) => group.items.length > 0)}
        value={chosen}
        allowDeselect={false}
        maxDropdownHeight={420}
        onChange={(value) => onChoose(names.find((name) => name === value) ?? chosen)}
      />
      <SchemaForm
        key={chosen}
        fields={field.fields.filter(({ name }) => name === chosen)}
        values={values}
        onChange={onChange}
        errors={errors}
        prefix="definition.operations"
      />
    </div>
  );
}
