'use client';

import { Button } from '@mantine/core';
import { IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { DangerButton } from '@/components/danger-button';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { saveFile } from '@/features/lists/ui/save-file';
import { useMe } from '@/features/users/ui/use-me';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

type Module = RouterOutputs['modules']['get'];

/** Edit, export and remove, for a module that is made of a definition. */
export function DefinitionActions({ module }: { module: Module }) {
  const t = useTranslations('definitions');
  const { isAdmin } = useMe();
  const trpc = useTRPC();
  const cache = useQueryClient();
  const router = useRouter();
  const remove = useMutation(
    trpc.modules.removeDefinition.mutationOptions({
      onSuccess: async () => {
        router.push('/modules');
        await cache.invalidateQueries(trpc.modules.list.pathFilter());
      },
    }),
  );
  const load = useMutation({
    mutationFn: () => cache.fetchQuery(trpc.modules.definition.queryOptions({ id: module.id })),
    onSuccess: ({ definition }) =>
      saveFile(`${definition.slug}.json`, 'application/json', `${JSON.stringify(definition, null, 2)}\n`),
  });
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        variant="default"
        leftSection={<IconDownload size={17} aria-hidden />}
        loading={load.isPending}
        onClick={() => load.mutate()}
      >
        {t('export')}
      </Button>
      {isAdmin && (
        <>
          <LinkButton href={`/modules/${module.id}/edit`} leftSection={<IconPencil size={17} aria-hidden />}>
            {t('editIt')}
          </LinkButton>
          <DangerButton
            label={t('remove')}
            icon={<IconTrash size={17} aria-hidden />}
            title={t('removeTitle', { name: module.name })}
            text={t('removeText')}
            refused={t('notRemoved')}
            action={{ ...remove, mutate: () => remove.mutate({ id: module.id }) }}
          />
        </>
      )}
    </div>
  );
}

/** What it cannot do well although it may be used, and who saved which version. */
export function DefinitionFacts({ module }: { module: Module }) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.modules.definition.queryOptions({ id: module.id }));
  const { data: versions } = useQuery(trpc.modules.definitionVersions.queryOptions({ id: module.id }));
  return (
    <>
      {data && data.warnings.length > 0 && (
        <FormProblem
          title={t('warnings')}
          text={data.warnings.map((warning) => t(`warningText.${warning}`)).join('\n')}
        />
      )}
      {versions && (
        <Section title={t('versions')} aside={versions.length}>
          <ol className="space-y-2 text-sm">
            {versions.map(({ version, by, note, createdAt }) => (
              <li key={version}>
                {t('versionBy', { version, by })} · <RelativeTime at={createdAt} className="text-ink-soft" />
                {note && <span className="block text-[13px] text-ink-soft [overflow-wrap:anywhere]">{note}</span>}
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  );
}
