'use client';

import { Button, Skeleton, Tabs, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ErrorPanel } from '@/components/error-panel';
import { errorsByPath, type FieldIssue, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { fieldTitles } from '@/components/schema-form/field-path';
import type { Field, FieldOf } from '@/components/schema-form/fields';
import { SchemaForm, useSchemaFields } from '@/components/schema-form/schema-form';
import { type FormObject, initialValues, isObject, missingFields, toSettings } from '@/components/schema-form/values';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { useTRPC } from '@/trpc/client';
import type { RouterInputs } from '@/trpc/types';
import { DefinitionOperations, type Operation } from './definition-operations';
import { DefinitionPreview } from './definition-preview';
import { DefinitionTry } from './definition-try';

type Definition = RouterInputs['modules']['createDefinition']['definition'];

interface DefinitionFormProps {
  /** A definition, or the part of one to begin with. */
  start: Record<string, unknown>;
  /** The version that is edited; none for a new one. */
  edited?: { id: string; version: number };
}

/** The tabs and what stands in each; the order is that of somebody who connects a panel for the first time. */
const TABS = {
  about: ['slug', 'name', 'description', 'type', 'readme'],
  connection: ['connection', 'meanings'],
  fields: ['serverFields', 'productFields', 'options'],
  operations: ['operations'],
  rules: ['rules'],
  actions: ['actions'],
} as const;
const NAMES = Object.keys(TABS) as (keyof typeof TABS)[]; // the keys of a constant

export function DefinitionForm(props: DefinitionFormProps) {
  const trpc = useTRPC();
  const language = useLocale();
  const form = useQuery(
    trpc.modules.definitionForm.queryOptions({ language }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const fields = useSchemaFields(form.data);
  if (form.isError) return <ErrorPanel error={form.error} onRetry={() => void form.refetch()} />;
  if (fields.length === 0) return <Skeleton height={480} radius="lg" />;
  return <Editor fields={fields} {...props} />;
}

function Editor({ fields, start, edited }: DefinitionFormProps & { fields: Field[] }) {
  const t = useTranslations('definitions');
  const words = useTranslations('schemaForm');
  const [values, setValues] = useState<FormObject>(() => initialValues(fields, start));
  const [note, setNote] = useState('');
  const [tab, setTab] = useState<string | null>('about');
  const [operation, setOperation] = useState<Operation>('create');
  const [touched, setTouched] = useState(false);
  const [missing, setMissing] = useState<FieldIssue[]>([]);
  const operations = fields.find((field): field is FieldOf<'group'> => field.name === 'operations');
  const showFirst = ([first]: readonly FieldIssue[]) => {
    const found = NAMES.find((name) => TABS[name].some((field) => field === first?.path[1]));
    if (found) setTab(found);
    const wrong = operations?.fields.find(({ name }) => name === first?.path[2]);
    if (found === 'operations' && wrong) setOperation(wrong.name as Operation); // the fields of its schema
  };
  const { save, error, busy } = useSave(edited, (failure) => showFirst(issuesOf(failure)));
  useUnsavedGuard(touched && !busy);
  const issues = useMemo(() => (missing.length > 0 ? missing : issuesOf(error)), [missing, error]);
  const errors = useMemo(() => errorsByPath(issues), [issues]);
  // The server's schema is the judge of its shape.
  const definition = useMemo(() => ({ format: 1, ...toSettings(fields, values) }) as Definition, [fields, values]);
  const change = (next: FormObject) => {
    setTouched(true);
    setValues(next);
  };
  return (
    <form
      noValidate
      className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_26rem]"
      onSubmit={(event) => {
        event.preventDefault();
        const empty = missingIssues(fields, values, words('missing'));
        setMissing(empty);
        if (empty.length > 0) showFirst(empty);
        else save(definition, note);
      }}
    >
      <div className="min-w-0 space-y-5">
        {issues.length > 0 ? (
          <Problems issues={issues} fields={fields} />
        ) : (
          error && <FormProblem title={t('notSaved')} text={error.message} />
        )}
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <div className="overflow-x-auto">
            <Tabs.List className="min-w-max flex-nowrap!">
              {NAMES.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`tabs.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </div>
          {NAMES.map((name) => (
            <Tabs.Panel key={name} value={name} className="pt-5">
              <Section>
                <p className="mb-5 text-sm text-ink-soft">{t(`tabText.${name}`)}</p>
                {name === 'operations' && operations ? (
                  <DefinitionOperations
                    field={operations}
                    values={isObject(values.operations) ? values.operations : {}}
                    onChange={(next) => change({ ...values, operations: next })}
                    errors={errors}
                    chosen={operation}
                    onChoose={setOperation}
                  />
                ) : (
                  <SchemaForm
                    fields={fields.filter((field) => TABS[name].some((one) => one === field.name))}
                    values={values}
                    onChange={change}
                    errors={errors}
                    prefix="definition"
                  />
                )}
              </Section>
            </Tabs.Panel>
          ))}
        </Tabs>
        <SaveRow edited={edited} note={note} onNote={setNote} busy={busy} />
      </div>
      <div className="min-w-0 space-y-5 xl:sticky xl:top-20">
        <DefinitionPreview definition={definition} operation={operation} onChoose={setOperation} />
        <DefinitionTry definition={definition} moduleId={edited?.id ?? null} />
      </div>
    </form>
  );
}

interface SaveRowProps {
  edited: DefinitionFormProps['edited'];
  note: string;
  onNote: (note: string) => void;
  busy: boolean;
}

function SaveRow({ edited, note, onNote, busy }: SaveRowProps) {
  const t = useTranslations('definitions');
  const actions = useTranslations('actions');
  return (
    <div className="flex flex-wrap items-end justify-end gap-2">
      {edited && (
        <TextInput
          className="w-full sm:w-auto sm:flex-1"
          label={t('note')}
          value={note}
          maxLength={500}
          onChange={(event) => onNote(event.currentTarget.value)}
        />
      )}
      <LinkButton href={edited ? `/modules/${edited.id}` : '/modules'} variant="default">
        {actions('cancel')}
      </LinkButton>
      <Button type="submit" loading={busy}>
        {edited ? t('saveVersion', { version: edited.version + 1 }) : t('create')}
      </Button>
    </div>
  );
}

/** Required fields that are empty, as the server would name them; what no tab shows is not for people to fill in. */
function missingIssues(fields: readonly Field[], values: FormObject, message: string): FieldIssue[] {
  const shown = fields.filter(({ name }) => NAMES.some((tab) => TABS[tab].some((field) => field === name)));
  return missingFields(shown, values, []).map((path) => ({ path: ['definition', ...path.split('.')], message }));
}

const MOST_PROBLEMS = 8;

/** Each issue with where it is: fields of other tabs are not on the screen. */
function Problems({ issues, fields }: { issues: readonly FieldIssue[]; fields: readonly Field[] }) {
  const t = useTranslations('definitions');
  const lines = issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => `${fieldTitles(fields, path.slice(1)).join(' › ')}: ${message}`);
  return <FormProblem title={t('notSaved')} text={lines.join('\n')} />;
}

function useSave(edited: DefinitionFormProps['edited'], onError: (error: unknown) => void) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = async ({ id }: { id: string }) => {
    notifications.show({ message: edited ? t('saved') : t('created'), color: 'teal' });
    await cache.invalidateQueries();
    router.push(`/modules/${id}`);
  };
  const create = useMutation(trpc.modules.createDefinition.mutationOptions({ onSuccess, onError }));
  const update = useMutation(trpc.modules.updateDefinition.mutationOptions({ onSuccess, onError }));
  const used = edited ? update : create;
  const save = (definition: Definition, note: string) => {
    if (edited) update.mutate({ ...edited, definition, ...(note.trim() && { note }) });
    else create.mutate({ definition });
  };
  return { save, error: used.error, busy: used.isPending || used.isSuccess };
}
