'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { useSchemaFields } from '@/components/schema-form/schema-form';
import { type FormObject, initialValues, missingFields, toSettings } from '@/components/schema-form/values';
import { useTRPC } from '@/trpc/client';
import {
  initialPlace,
  type ModuleDetail,
  missingPlace,
  type PlaceValues,
  type ServerDetail,
  toPlace,
} from './server-form-values';
import { useConnectionTest } from './use-connection-test';

/** Everything the server form holds: values, errors by path, the connection test, saving. */
export function useServerForm(module: ModuleDetail, server: ServerDetail | undefined) {
  const t = useTranslations('serverForm');
  const form = useRef<HTMLFormElement>(null);
  const fields = useSchemaFields(module.forms.config);
  const [place, setPlaceValues] = useState(() => initialPlace(module, server));
  const [config, setConfigValues] = useState<FormObject>(() => initialValues(fields, server?.settings));
  const [pins, setPinValues] = useState<string[]>(server?.pins ?? []);
  const [overrideReason, setOverrideReason] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [dirty, setDirty] = useState(false);
  const show = (found: Record<string, string>) => {
    setErrors(found);
    // After React has marked the fields: the page's order is what the eye follows.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const refuse = (error: unknown) => show(errorsByPath(issuesOf(error)));
  const test = useConnectionTest(refuse);
  const touched = () => {
    setDirty(true);
    test.forget();
  };
  const missing = (withPlace: boolean) => {
    const paths = [
      ...(withPlace ? missingPlace(place) : []),
      ...missingFields(fields, config, server?.kept ?? []).map((path) => `config.${path}`),
    ];
    show(Object.fromEntries(paths.map((path) => [path, t('missing')])));
    return paths.length > 0;
  };
  const settings = useMemo(() => toSettings(fields, config) as Config, [fields, config]); // JSON: that is all the fields make
  const saving = useSave(server, refuse);
  const submit = () => {
    if (missing(true)) return;
    const input = { ...toPlace(place), config: settings, pins };
    const reason = overrideReason.trim();
    if (server)
      saving.update({
        id: server.id,
        groupPosition: server.groupPosition,
        ...input,
        ...(reason && { overrideReason: reason }),
      });
    else saving.create({ moduleSlug: module.slug, ...input });
  };
  const startTest = (trusted = pins) => {
    if (missing(false)) return;
    const { hostname, ipAddress, type } = place;
    const known = { ...(hostname.trim() && { hostname }), ...(ipAddress.trim() && { ipAddress }), type };
    void test.start({
      moduleSlug: module.slug,
      config: settings,
      pins: trusted,
      ...known,
      ...(server && { serverId: server.id }),
    });
  };
  return {
    ...{ form, fields, place, config, pins, errors, test, submit, startTest, overrideReason, setOverrideReason },
    ...{ error: saving.error, busy: saving.busy, unsaved: dirty && !saving.busy },
    setPlace: (change: Partial<PlaceValues>) => {
      setPlaceValues((values) => ({ ...values, ...change }));
      setDirty(true);
    },
    setConfig: (values: FormObject) => {
      setConfigValues(values);
      touched();
    },
    trust: (pin: string) => {
      setPinValues([pin]);
      setDirty(true);
      startTest([pin]);
    },
    distrust: () => {
      setPinValues([]);
      touched();
    },
  };
}

export type ServerFormState = ReturnType<typeof useServerForm>;
type Config = Parameters<ReturnType<typeof useSave>['create']>[0]['config'];

function useSave(server: ServerDetail | undefined, onError: (error: unknown) => void) {
  const t = useTranslations('serverForm');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = async ({ id }: { id: string }) => {
    notifications.show({ message: server ? t('saved') : t('created'), color: 'teal' });
    await cache.invalidateQueries();
    router.push(`/servers/${id}`);
  };
  const create = useMutation(trpc.servers.create.mutationOptions({ onSuccess, onError }));
  const update = useMutation(trpc.servers.update.mutationOptions({ onSuccess, onError }));
  const used = server ? update : create;
  return { create: create.mutate, update: update.mutate, error: used.error, busy: used.isPending || used.isSuccess };
}
