'use client';

import { useTranslations } from 'next-intl';
import type { Field } from '@/components/schema-form/fields';
import { useSchemaFields } from '@/components/schema-form/schema-form';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';

/** What a module asks for, as a list to read; the forms are drawn from the same schema. */
export function ModuleSchema({ title, schema }: { title: string; schema: unknown }) {
  const t = useTranslations('modules');
  const fields = useSchemaFields(schema);
  return (
    <Section title={title}>
      {fields.length === 0 ? (
        <p className="text-sm text-ink-soft">{t('nothingToSet')}</p>
      ) : (
        <FieldNames fields={fields} />
      )}
    </Section>
  );
}

function FieldNames({ fields }: { fields: readonly Field[] }) {
  const t = useTranslations('modules');
  return (
    <ul className="divide-y divide-line text-sm">
      {fields.map((field) => (
        <li key={field.name} className="py-2.5 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{field.title}</span>
            <code className="font-mono text-xs text-ink-soft">{field.name}</code>
            {field.kind === 'secret' && <Tag tone="violet" label={t('secret')} />}
            {!field.required && <span className="text-[13px] text-ink-soft">{t('optional')}</span>}
          </p>
          {field.description && <p className="text-[13px] text-ink-soft">{field.description}</p>}
          <Inside field={field} />
        </li>
      ))}
    </ul>
  );
}

function Inside({ field }: { field: Field }) {
  const inside =
    field.kind === 'group'
      ? field.fields
      : field.kind === 'union'
        ? field.variants.flatMap(({ fields }) => fields)
        : field.kind === 'list' && field.item.kind === 'group'
          ? field.item.fields
          : [];
  if (inside.length === 0) return null;
  return (
    <div className="mt-2 border-l-2 border-line pl-4">
      <FieldNames fields={inside} />
    </div>
  );
}
