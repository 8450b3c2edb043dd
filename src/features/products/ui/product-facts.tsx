'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { FactList } from '@/components/fact-list';
import { RelativeTime } from '@/components/relative-time';
import type { Field } from '@/components/schema-form/fields';
import { useSchemaFields } from '@/components/schema-form/schema-form';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Product = RouterOutputs['products']['get'];

export function ProductFacts({ product }: { product: Product }) {
  const t = useTranslations('products');
  const types = useTranslations('serverTypes');
  const { group, requiredType, requiredTags, terminateAfterDays, maxWaitHours, sendPassword, createdAt } = product;
  const trpc = useTRPC();
  const module = useQuery(trpc.modules.get.queryOptions({ id: product.moduleId, language: useLocale() }));
  const fields = new Map(useSchemaFields(module.data?.forms.settings).map((field) => [field.name, field]));
  const words = useSettingWords();
  // Shown once their names are known.
  const settings = module.isPending
    ? []
    : Object.entries(product.moduleSettings).filter(([, value]) => typeof value !== 'object');
  return (
    <>
      <Section title={t('facts')}>
        <FactList
          facts={[
            {
              label: t('columns.module'),
              value: <TextLink href={`/modules/${product.moduleId}`}>{product.moduleName}</TextLink>,
            },
            ...settings.map(([name, value]) => ({
              label: fields.get(name)?.title ?? name,
              value: words(fields.get(name), value),
            })),
            {
              label: t('columns.group'),
              value: group ? <TextLink href={`/groups/${group.id}`}>{group.name}</TextLink> : t('groupNone'),
            },
            requiredType && { label: t('type'), value: types(requiredType) },
            requiredTags.length > 0 ? { label: t('tags'), value: requiredTags.join(', ') } : null,
            { label: t('maxWait'), value: t('hoursCount', { count: maxWaitHours }) },
            {
              label: t('terminateAfter'),
              value: terminateAfterDays === null ? t('atOnce') : t('daysCount', { count: terminateAfterDays }),
            },
            { label: t('mail'), value: sendPassword ? t('mailWithAccess') : t('mailWithLink') },
            { label: t('createdAt'), value: <RelativeTime at={createdAt} /> },
          ]}
        />
      </Section>
      <Options options={product.configOptions} />
    </>
  );
}

/** A setting as its form would say it: yes and no, the label of a choice, a number with its unit. */
function useSettingWords() {
  const t = useTranslations('products');
  const format = useFormatter();
  return (field: Field | undefined, value: unknown): string => {
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (typeof value === 'number') return `${format.number(value)} ${field?.unit ?? ''}`.trim();
    const text = String(value);
    return field?.kind === 'choice' ? (field.values.find((one) => one.value === text)?.label ?? text) : text;
  };
}

function Options({ options }: { options: Product['configOptions'] }) {
  const t = useTranslations('products');
  const format = useFormatter();
  if (options.length === 0) return null;
  return (
    <Section title={t('options')}>
      <ul className="space-y-3 text-sm">
        {options.map(({ id, label, unit, min, max, step, default: preset }) => (
          <li key={id}>
            <p className="font-medium">
              {label} <span className="font-mono text-[13px] font-normal text-ink-soft">{id}</span>
            </p>
            <p className="text-[13px] text-ink-soft tabular-nums">
              {t('optionRange', { min, max, step, preset: `${format.number(preset)} ${unit}`.trim() })}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
