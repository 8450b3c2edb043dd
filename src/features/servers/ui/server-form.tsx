'use client';

import { Button, Textarea } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { SchemaForm } from '@/components/schema-form/schema-form';
import { Section } from '@/components/section';
import { useUnsavedGuard } from '@/components/use-unsaved-guard';
import { Certificate } from './certificate';
import { Checklist } from './checklist';
import { PlaceFields } from './place-fields';
import type { ModuleDetail, ServerDetail } from './server-form-values';
import { type ServerFormState, useServerForm } from './use-server-form';

/** For a new server of a module, or for one that exists. */
export function ServerForm({ module, server }: { module: ModuleDetail; server?: ServerDetail }) {
  const t = useTranslations('serverForm');
  const form = useRef<HTMLFormElement>(null);
  const state = useServerForm(module, server, form);
  useUnsavedGuard(state.unsaved);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        state.submit();
      }}
      className="space-y-5"
    >
      <Refusal error={state.error ?? state.test.error} />
      <Section title={t('placeTitle')}>
        <PlaceFields
          values={state.place}
          group={server?.group ?? null}
          onChange={state.setPlace}
          errors={state.errors}
        />
      </Section>
      <Section title={t('connectionTitle', { module: module.name })}>
        <SchemaForm
          fields={state.fields}
          values={state.config}
          onChange={(values) => {
            state.setConfig(values);
            state.changed();
          }}
          errors={state.errors}
          prefix="config"
          storedSecrets={server?.kept ?? []}
        />
        <ConnectionTest state={state} />
      </Section>
      <Override state={state} />
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <SaveNote ok={state.test.ok} unsaved={state.unsaved} />
        <div className="flex gap-2">
          <LinkButton href={server ? `/servers/${server.id}` : '/servers'} variant="default">
            {t('cancel')}
          </LinkButton>
          <Button type="submit" loading={state.busy}>
            {server ? t('save') : t('create')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Refusal({ error }: { error: { message: string } | null }) {
  const t = useTranslations('serverForm');
  if (!error) return null;
  const onFields = issuesOf(error).some(({ path }) => path[0] !== 'overrideReason');
  return <FormProblem title={t('notSaved')} text={onFields ? t('lookAtFields') : error.message} />;
}

function ConnectionTest({ state }: { state: ServerFormState }) {
  const t = useTranslations('serverForm');
  const { test, pins, startTest } = state;
  const trust = (pin: string) => {
    state.setPins([pin]);
    state.setDirty(true);
    startTest([pin]);
  };
  const distrust = () => {
    state.setPins([]);
    state.changed();
  };
  const { certificate } = test;
  const isTrusted = certificate !== null && (certificate.distrusted === null || pins.includes(certificate.pin));
  return (
    <div className="mt-6 space-y-4 border-t border-line pt-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-sm text-[13px] text-ink-soft">{t('testHelp')}</p>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={17} aria-hidden />}
          loading={test.running !== null}
          onClick={() => startTest()}
        >
          {t('test')}
        </Button>
      </div>
      {(test.lines.length > 0 || test.running) && <Checklist lines={test.lines} running={test.running} />}
      {certificate && certificate.distrusted !== null && (
        <Certificate certificate={certificate} isTrusted={isTrusted} onTrust={() => trust(certificate.pin)} />
      )}
      {pins.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2 text-[13px] text-ink-soft">
          <span className="min-w-0">
            {t('pinned')} <code className="font-mono text-xs [overflow-wrap:anywhere]">sha256/{pins.join(', ')}</code>
          </span>
          <Button size="compact-xs" variant="subtle" color="red" onClick={distrust}>
            {t('distrust')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Shown once the server said that our accounts were not found at the new address. */
function Override({ state }: { state: ServerFormState }) {
  const t = useTranslations('serverForm');
  const doubt = state.errors.overrideReason;
  if (doubt === undefined && state.overrideReason === '') return null;
  return (
    <Section title={t('overrideTitle')}>
      <Textarea
        label={t('overrideLabel')}
        description={t('overrideHelp')}
        error={doubt}
        autosize
        minRows={2}
        maxLength={500}
        value={state.overrideReason}
        onChange={(event) => state.setOverrideReason(event.currentTarget.value)}
      />
    </Section>
  );
}

function SaveNote({ ok, unsaved }: { ok: boolean | null; unsaved: boolean }) {
  const t = useTranslations('serverForm');
  if (!unsaved || ok === true) return null;
  return (
    <p role="status" className="text-[13px] text-ink-soft">
      {ok === false ? t('saveFailing') : t('saveUntested')}
    </p>
  );
}
