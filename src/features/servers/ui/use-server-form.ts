'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type RefObject, useMemo, useState } from 'react';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { useSchemaFields } from '@/components/schema-form/schema-form';
import { type FormObject, initialValues, missingFields, toSettings } from '@/components/schema-form/values';
import { useTRPC } from '@/trpc/client';
import type { RouterInputs } from '@/trpc/types';
import {
  initialPlace,
  type ModuleDetail,
  missingPlace,
  type PlaceValues,
  type ServerDetail,
  toPlace,
} from './server-form-values';
import { useConnectionTest } from './use-connection-test';

/** What is typed into the server form. */
function useServerValues(module: ModuleDetail, server: ServerDetail | undefined) {
  const fields = useSchemaFields(module.forms.config);
  const [place, setPlace] = useState(() => initialPlace(module, server));
  const [config, setConfig] = useState<FormObject>(() => initialValues(fields, server?.settings));
  const [pins, setPins] = useState<string[]>(server?.pins ?? []);
  const [overrideReason, setOverrideReason] = useState('');
  const [dirty, setDirty] = useState(false);
  const settings = useMemo(() => toSettings(fields, config) as Config, [fields, config]); // JSON: that is all the fields make
  return {
    fields,
    place,
    setPlace,
    config,
    setConfig,
    settings,
    pins,
    setPins,
    overrideReason,
    setOverrideReason,
    dirty,
    setDirty,
  };
}

type Values = ReturnType<typeof useServerValues>;

function testInput(
  { place, settings }: Values,
  module: ModuleDetail,
  server: ServerDetail | undefined,
  pins: string[],
) {
  const { hostname, ipAddress, type } = place;
  return {
    moduleSlug: module.slug,
    config: settings,
    pins,
    type,
    ...(hostname.trim() && { hostname }),
    ...(ipAddress.trim() && { ipAddress }),
    ...(server && { serverId: server.id }),
  };
}

/** Everything the server form holds: values, errors by path, the connection test, saving. */
export function useServerForm(
  module: ModuleDetail,
  server: ServerDetail | undefined,
  form: RefObject<HTMLFormElement | null>,
) {
  const t = useTranslations('serverForm');
  const values = useServerValues(module, server);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const show = (found: Record<string, string>) => {
    setErrors(found);
    // After React has marked the fields: the page's order is what the eye follows.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const refuse = (error: unknown) => show(errorsByPath(issuesOf(error)));
  const test = useConnectionTest(refuse);
  const saving = useSave(server, refuse);
  const missing = (paths: string[]) => {
    show(Object.fromEntries(paths.map((path) => [path, t('missing')])));
    return paths.length > 0;
  };
  const missingSettings = () =>
    missingFields(values.fields, values.config, server?.kept ?? []).map((path) => `config.${path}`);
  const startTest = (pins = values.pins) => {
    if (!missing(missingSettings())) void test.start(testInput(values, module, server, pins));
  };
  const submit = () => {
    if (!missing([...missingPlace(values.place), ...missingSettings()])) saving.save(values, module);
  };
  return {
    ...values,
    errors,
    test,
    submit,
    startTest,
    error: saving.error,
    busy: saving.busy,
    unsaved: values.dirty && !saving.busy,
    setPlace: (change: Partial<PlaceValues>) => {
      values.setPlace((place) => ({ ...place, ...change }));
      values.setDirty(true);
    },
    /** What was tested is no longer what stands there. */
    changed: () => {
      values.setDirty(true);
      test.forget();
    },
  };
}

export type ServerFormState = ReturnType<typeof useServerForm>;
type Config = RouterInputs['servers']['create']['config'];

function useSave(server: ServerDetail | undefined, onError: (error: unknown) => void) {
  const t = useTranslations('serverForm');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = ({ id }: { id: string }) => {
    notifications.show({ message: server ? t('saved') : t('created'), color: 'teal' });
    // Not waited for: the page that follows asks for what it needs, and a slow answer elsewhere must not keep it away.
    void cache.invalidateQueries();
    router.push(`/servers/${id}`);
  };
  const create = useMutation(trpc.servers.create.mutationOptions({ onSuccess, onError }));
  const update = useMutation(trpc.servers.update.mutationOptions({ onSuccess, onError }));
  const used = server ? update : create;
  const save = ({ place, settings, pins, overrideReason }: Values, module: ModuleDetail) => {
    const input = { ...toPlace(place), config: settings, pins };
    const reason = overrideReason.trim();
    if (!server) return create.mutate({ moduleSlug: module.slug, ...input });
    const { id, groupPosition } = server;
    return update.mutate({ id, groupPosition, ...input, ...(reason && { overrideReason: reason }) });
  };
  return { save, error: used.error, busy: used.isPending || used.isSuccess };
}
