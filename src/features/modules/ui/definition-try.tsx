'use client';

import { Button, Modal, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheck, IconCircleX, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Fold } from '@/components/fold';
import { FormProblem } from '@/components/form-problem';
import { LinkButton } from '@/components/link-button';
import { Section } from '@/components/section';
import { Verbatim } from '@/components/verbatim';
import { useTRPC } from '@/trpc/client';
import type { RouterInputs, RouterOutputs } from '@/trpc/types';

type Input = RouterInputs['modules']['tryDefinition'];
type Step = RouterOutputs['modules']['tryDefinition']['steps'][number];

const READING = ['testConnection', 'getServerInfo', 'listAccounts', 'getServerUsage'] as const;

/** Sends what is written here to a real server: reading at once, an account of its own after asking. */
export function DefinitionTry({ definition, moduleId }: { definition: Input['definition']; moduleId: string | null }) {
  const t = useTranslations('definitions');
  const trpc = useTRPC();
  const language = useLocale();
  const module = useQuery({
    ...trpc.modules.get.queryOptions({ id: moduleId ?? '', language }),
    enabled: moduleId !== null,
  });
  const [serverId, setServerId] = useState<string | null>(null);
  const [productId, setProductId] = useState<string | null>(null);
  const [asked, { open, close }] = useDisclosure(false);
  const attempt = useMutation(trpc.modules.tryDefinition.mutationOptions());
  const servers = module.data?.servers ?? [];
  const server = serverId ?? (servers.length === 1 ? (servers[0]?.id ?? null) : null);
  const run = (what: Input['what']) =>
    server && attempt.mutate({ definition, serverId: server, what, ...(productId && { productId }) });
  if (servers.length === 0) {
    return (
      <Section title={t('try')}>
        <p className="text-[13px] text-ink-soft">{moduleId ? t('tryNoServer') : t('tryAfterSaving')}</p>
        {module.data && (
          <div className="mt-3">
            <LinkButton size="xs" variant="default" href={`/servers/new?module=${module.data.slug}`}>
              {t('tryAddServer')}
            </LinkButton>
          </div>
        )}
      </Section>
    );
  }
  const options = (items: { id: string; name: string }[]) => items.map(({ id, name }) => ({ value: id, label: name }));
  const here = READING.filter((name) => name === 'testConnection' || definition.operations?.[name] !== undefined);
  return (
    <Section title={t('try')}>
      <div className="space-y-4">
        <Select label={t('tryServer')} data={options(servers)} value={server} onChange={setServerId} />
        <div className="flex flex-wrap gap-2">
          {here.map((what) => (
            <Button
              key={what}
              variant="default"
              size="xs"
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              disabled={!server}
              loading={attempt.isPending && attempt.variables.what === what}
              onClick={() => run(what)}
            >
              {t(`operations.${what}`)}
            </Button>
          ))}
          <Button variant="light" size="xs" disabled={!server || attempt.isPending} onClick={open}>
            {t('tryAccount')}
          </Button>
        </div>
        {attempt.error && <FormProblem title={t('notTried')} text={attempt.error.message} />}
        {attempt.data && <Steps steps={attempt.data.steps} />}
      </div>
      <Modal opened={asked} onClose={close} title={t('tryAccountTitle')}>
        <p className="mb-4 text-sm">{t('tryAccountText')}</p>
        <Select
          label={t('tryProduct')}
          description={t('tryProductHelp')}
          clearable
          data={options(module.data?.products ?? [])}
          value={productId}
          onChange={setProductId}
        />
        <div className="mt-6 flex justify-end gap-2">
          <Button variant="default" onClick={close}>
            {t('tryNot')}
          </Button>
          <Button
            onClick={() => {
              close();
              run('account');
            }}
          >
            {t('tryAccountGo')}
          </Button>
        </div>
      </Modal>
    </Section>
  );
}

function Steps({ steps }: { steps: Step[] }) {
  const t = useTranslations('definitions');
  return (
    <ol className="space-y-3" aria-label={t('tryResult')}>
      {steps.map(({ step, ok, words, request, answer }) => (
        <li key={step} data-tone={ok ? 'green' : 'red'} className="text-[13px]">
          <p className="flex items-center gap-1.5 font-medium">
            <span className="text-tone-fg">
              {ok ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />}
            </span>
            {t(`operations.${step as 'create'}`)}: {ok ? t('worked') : t('failed')}
          </p>
          {!ok && <p className="mt-1 text-ink-soft [overflow-wrap:anywhere]">{words}</p>}
          <Fold label={t('exchange')}>
            {request && <Part label={t('sent')} text={request} />}
            {answer && <Part label={t('answered')} text={answer} />}
            {ok && words && <Part label={t('understood')} text={words} />}
          </Fold>
        </li>
      ))}
    </ol>
  );
}

function Part({ label, text }: { label: string; text: string }) {
  return (
    <div className="mb-3 last:mb-0">
      <p className="mb-1 font-medium text-ink-soft">{label}</p>
      <Verbatim text={text} label={label} />
    </div>
  );
}
