'use client';

import { NativeSelect, SegmentedControl, Skeleton, Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { Section } from '@/components/section';
import { useUrlFilters } from '@/components/use-url-filters';
import { LOCALES } from '@/i18n/locales';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { useTemplateName } from './email-words';
import { MailPreview } from './mail-preview';
import { readLanguage, readTemplate } from './template-filters';

type Template = RouterOutputs['emails']['templates'][number];

/** Every template in each language, filled with an invented example. */
export function TemplatesPage() {
  const t = useTranslations('emails');
  const locales = useTranslations('locales');
  const templateName = useTemplateName();
  const trpc = useTRPC();
  const [filters, setFilters] = useUrlFilters(['template', 'language'] as const);
  const template = readTemplate(filters.template);
  const language = readLanguage(filters.language);
  const list = useQuery(trpc.emails.templates.queryOptions());
  const preview = useQuery({
    ...trpc.emails.previewTemplate.queryOptions({ template, language }),
    placeholderData: keepPreviousData,
  });
  const failed = [list, preview].find(({ isError }) => isError);
  if (failed) return <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />;
  const chosen = list.data?.find(({ name }) => name === template);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <NativeSelect
          label={t('template')}
          value={template}
          onChange={({ currentTarget }) => setFilters({ template: currentTarget.value })}
          data={(list.data ?? []).map(({ name }) => ({ value: name, label: templateName(name) }))}
        />
        <SegmentedControl
          aria-label={t('facts.language')}
          value={language}
          onChange={(value) => setFilters({ language: value })}
          data={LOCALES.map((value) => ({ value, label: locales(value) }))}
        />
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {preview.data ? <MailPreview preview={preview.data} showSubject /> : <Skeleton height={620} radius="lg" />}
        {chosen ? <Variables template={chosen} /> : <Skeleton height={240} radius="lg" />}
      </div>
    </>
  );
}

function Variables({ template }: { template: Template }) {
  const t = useTranslations('emails');
  return (
    <Section title={t('variables')} flush>
      <p className="px-5 pb-3 text-sm text-ink-soft">{template.toStaff ? t('toStaff') : t('toCustomers')}</p>
      <Table aria-label={t('variables')} horizontalSpacing="lg" className="text-[13px]">
        <Table.Tbody>
          {template.variables.map(({ name, example }) => (
            <Table.Tr key={name} className="border-line">
              <Table.Td className="w-32 font-mono text-xs">{name}</Table.Td>
              <Table.Td className="[overflow-wrap:anywhere]">
                {example ?? <span className="text-ink-soft">{t('variableAbsent')}</span>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
