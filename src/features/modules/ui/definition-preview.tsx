'use client';

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { issuesOf } from '@/components/form-issues';
import { Section } from '@/components/section';
import { Verbatim } from '@/components/verbatim';
import { useTRPC, useTRPCClient } from '@/trpc/client';
import type { RouterInputs, RouterOutputs } from '@/trpc/types';

type Input = RouterInputs['modules']['previewDefinition'];
type Previewed = RouterOutputs['modules']['previewDefinition']['requests'][number];

const TYPING_MS = 500;

interface DefinitionPreviewProps {
  definition: Input['definition'];
  operation: Input['operation'];
  onChoose: (operation: Input['operation']) => void;
}

/** The requests of one operation as they would leave for a sample, while they are being written. */
export function DefinitionPreview({ definition, operation: chosen, onChoose }: DefinitionPreviewProps) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const names = Object.keys(definition.operations ?? {}) as Input['operation'][]; // keys of its schema
  const operation = names.includes(chosen) ? chosen : undefined;
  const [typed] = useDebouncedValue(definition, TYPING_MS);
  const preview = useQuery({
    queryKey: [...trpc.modules.previewDefinition.mutationKey(), operation, typed],
    queryFn: () => client.modules.previewDefinition.mutate({ definition: typed, operation: operation ?? 'create' }),
    enabled: operation !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const [first] = preview.error ? issuesOf(preview.error) : [];
  return (
    <Section title={t('preview')}>
      <p className="mb-4 text-[13px] text-ink-soft">{t('previewText')}</p>
      <Select
        label={t('previewOf')}
        data={names.map((value) => ({ value, label: t(`operations.${value}`) }))}
        value={operation ?? null}
        allowDeselect={false}
        onChange={(value) => onChoose(names.find((name) => name === value) ?? chosen)}
        className="mb-4"
      />
      {operation === undefined ? null : preview.error ? (
        <p role="status" className="text-[13px] text-ink-soft [overflow-wrap:anywhere]">
          {first
            ? t('notYet', { field: first.path.slice(1).join(' › '), message: first.message })
            : preview.error.message}
        </p>
      ) : (
        <ol className="space-y-4" aria-label={t('preview')}>
          {preview.data?.requests.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: calls have no identity but their place
            <li key={index}>
              <p className="mb-1 text-[13px] font-medium">
                {one.isLook ? t('lookOf', { title: one.title }) : one.title}
              </p>
              <Verbatim text={textOf(one)} label={one.title} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function textOf({ request, error }: Previewed): string {
  if (!request) return error ?? '';
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`);
  return [`${request.method} ${request.url}`, ...headers, ...(request.body === null ? [] : ['', request.body])].join(
    '\n',
  );
}
