'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { FactList } from '@/components/fact-list';
import { SchemaForm, useSchemaFields } from '@/components/schema-form/schema-form';
import { initialValues } from '@/components/schema-form/values';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import { LoginHosts } from './login-hosts';
import type { ServerDetail } from './server-form-values';

/** Connection settings as they are stored; secrets are only said to be there. */
export function ServerSettings({ server }: { server: ServerDetail }) {
  const t = useTranslations('serverPage');
  const trpc = useTRPC();
  const module = useQuery(trpc.modules.get.queryOptions({ id: server.moduleId, language: useLocale() }));
  const fields = useSchemaFields(module.data?.forms.config);
  if (module.isError) return <ErrorPanel error={module.error} onRetry={() => void module.refetch()} />;
  if (!module.data) return <Skeleton height={240} radius="lg" />;
  if (server.archived) return <Section>{t('erased')}</Section>;
  return (
    <div className="max-w-2xl space-y-5">
      <Section title={t('connection')}>
        <SchemaForm
          fields={fields}
          values={initialValues(fields, server.settings)}
          onChange={() => undefined}
          prefix="config"
          storedSecrets={server.kept}
          disabled
        />
      </Section>
      <Section title={t('trust')}>
        <FactList
          facts={[
            {
              label: t('trustedBy'),
              value: server.pins.length ? t('trustPins') : server.hasOwnAuthority ? t('trustOwn') : t('trustPublic'),
            },
            server.pins.length > 0
              ? {
                  label: t('pins'),
                  value: (
                    <code className="font-mono text-xs [overflow-wrap:anywhere]">
                      {server.pins.map((pin) => `sha256/${pin}`).join(', ')}
                    </code>
                  ),
                }
              : null,
          ]}
        />
      </Section>
      <LoginHosts key={server.loginHosts.map(({ host }) => host).join()} server={server} />
    </div>
  );
}
