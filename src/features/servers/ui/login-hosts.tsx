'use client';

import { Button, TagsInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { errorsByPath, issuesOf } from '@/components/form-issues';
import { FormProblem } from '@/components/form-problem';
import { Section } from '@/components/section';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { ServerDetail } from './server-form-values';

/** Where one-time login links of this server may lead; administrators add hosts to its own names. */
export function LoginHosts({ server }: { server: ServerDetail }) {
  const t = useTranslations('serverPage.loginHosts');
  const { isAdmin } = useMe();
  const own = server.loginHosts.filter(({ why }) => why !== 'allowed');
  const allowed = server.loginHosts.filter(({ why }) => why === 'allowed').map(({ host }) => host);
  return (
    <Section title={t('title')}>
      <p className="mb-4 text-sm text-ink-soft">{t('text')}</p>
      <ul className="mb-4 space-y-1 text-sm">
        {own.map(({ host, why }) => (
          <li key={host}>
            <span className="font-mono text-[13px]">{host}</span>{' '}
            <span className="text-ink-soft">({t(`why.${why}`)})</span>
          </li>
        ))}
        {!isAdmin &&
          allowed.map((host) => (
            <li key={host} className="font-mono text-[13px]">
              {host}
            </li>
          ))}
      </ul>
      {isAdmin && <AllowedHosts id={server.id} allowed={allowed} />}
    </Section>
  );
}

function AllowedHosts({ id, allowed }: { id: string; allowed: string[] }) {
  const t = useTranslations('serverPage.loginHosts');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const [hosts, setHosts] = useState(allowed);
  const save = useMutation(
    trpc.servers.setLoginHosts.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('saved'), color: 'teal' });
        await cache.invalidateQueries({ queryKey: trpc.servers.get.pathKey() });
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id, hosts });
  };
  const wrong = save.error && Object.values(errorsByPath(issuesOf(save.error)))[0];
  return (
    <form onSubmit={submit} className="space-y-3" noValidate>
      {save.error && !wrong && <FormProblem title={t('notSaved')} text={save.error.message} />}
      <TagsInput
        label={t('allowed')}
        description={t('allowedHelp')}
        placeholder="panel.example.com"
        error={wrong}
        maxTags={20}
        value={hosts}
        onChange={setHosts}
      />
      <Button type="submit" variant="default" loading={save.isPending} disabled={String(hosts) === String(allowed)}>
        {t('save')}
      </Button>
    </form>
  );
}
