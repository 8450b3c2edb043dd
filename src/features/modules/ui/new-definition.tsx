'use client';

import { Button, FileButton, Skeleton } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { isObject } from '@/components/schema-form/values';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import { DefinitionForm } from './definition-form';

type Start = Record<string, unknown>;

/** What a new definition begins with: the one operation that every panel has, with an example of each part. */
const BLANK: Start = {
  operations: {
    testConnection: { calls: [{ title: 'Ask for the version', request: { method: 'GET', path: '/version' } }] },
    create: { calls: [{ title: 'Create the account', request: { method: 'POST', path: '/accounts' } }], result: {} },
  },
};

/** First where to begin, then the editor. */
export function NewDefinition() {
  const t = useTranslations('definitions');
  const [start, setStart] = useState<Start | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (start) return <DefinitionForm start={start} />;
  const read = async (file: File | null) => {
    if (!file) return;
    try {
      const found: unknown = JSON.parse(await file.text());
      if (!isObject(found)) throw new Error(t('noObject'));
      setStart(found);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="space-y-5">
      {problem && <FormProblem title={t('notImported')} text={t('notImportedText', { problem })} />}
      <div className="grid gap-5 md:grid-cols-2">
        <Section title={t('blank')}>
          <p className="mb-4 text-sm text-ink-soft">{t('blankText')}</p>
          <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setStart(BLANK)}>
            {t('begin')}
          </Button>
        </Section>
        <Section title={t('import')}>
          <p className="mb-4 text-sm text-ink-soft">{t('importText')}</p>
          <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={17} aria-hidden />}>
                {t('chooseFile')}
              </Button>
            )}
          </FileButton>
        </Section>
      </div>
      <Ready onChoose={setStart} />
    </div>
  );
}

function Ready({ onChoose }: { onChoose: (start: Start) => void }) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const query = useQuery(trpc.modules.readyDefinitions.queryOptions({ language: useLocale() }));
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={160} radius="lg" />;
  return (
    <Section title={t('ready')} flush>
      <ul className="divide-y divide-line border-t border-line">
        {query.data.map(({ definition, description, moduleId }) => (
          <li key={definition.slug} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-sm font-medium">{definition.name}</p>
              <p className="text-[13px] text-ink-soft">{description}</p>
            </div>
            {moduleId ? (
              <LinkButton href={`/modules/${moduleId}`} variant="default" size="xs">
                {t('isHere')}
              </LinkButton>
            ) : (
              <Button
                variant="light"
                size="xs"
                aria-label={t('beginWith', { name: definition.name })}
                onClick={() => onChoose({ ...definition })}
              >
                {t('begin')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
