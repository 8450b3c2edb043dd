'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { Breakable } from '@/components/breakable';
import { CopyButton } from '@/components/copy-button';
import { type Fact, FactList } from '@/components/fact-list';
import { Section } from '@/components/section';
import { MyPassword } from './my-password';
import type { MyService } from './my-status';
import { readableKey } from './result-label';
import { useableName } from './service-name';

/** Keys that have a word of ours; a module's own word goes before, what nobody named is made readable. */
const EXTRAS = [
  'port',
  'ftpPort',
  'sftpPort',
  'gamePort',
  'queryPort',
  'rconPort',
  'sshPort',
  'ip',
  'ipv4',
  'ipv6',
  'hostname',
  'host',
  'url',
  'panelUrl',
  'webmail',
  'database',
  'plan',
  'package',
  'location',
  'node',
  'version',
] as const;

/** Everything one types somewhere to reach the service, each with a button that copies it. */
export function MyAccess({ service }: { service: MyService }) {
  const t = useTranslations('client.page');
  const [revealing, { open, close }] = useDisclosure(false);
  const facts = useFacts(service);
  const empty = facts.length === 0;
  // What has ended is reached nowhere.
  if (empty && ['TERMINATED', 'CANCELLED'].includes(service.status)) return null;
  const password: Fact | null = service.passwordKnown
    ? {
        label: t('password'),
        value: (
          <Button size="compact-sm" variant="default" onClick={open}>
            {t('reveal.button')}
          </Button>
        ),
      }
    : null;
  return (
    <Section title={t('access')}>
      {empty ? <p className="text-sm text-ink-soft">{t('noAccess')}</p> : <FactList facts={[...facts, password]} />}
      {revealing && <MyPassword serviceId={service.id} name={useableName(service) ?? ''} onClose={close} />}
    </Section>
  );
}

function useFacts(service: MyService): Fact[] {
  const t = useTranslations('client.page');
  if (!['ACTIVE', 'SUSPENDED'].includes(service.status)) return [];
  const { connectTo, domain, extras, nameservers } = service;
  const wordFor = ({ key, label }: MyService['extras'][number]) => {
    const known = EXTRAS.find((one) => one === key);
    return label ?? (known ? t(`extras.${known}`) : readableKey(key));
  };
  const lines: [label: string, value: string | null][] = [
    [t('connect'), connectTo],
    [domain?.includes('.') ? t('domain') : t('name'), domain],
    // Said by the line to connect to already.
    [t('address'), connectTo ? null : service.hostname],
    [t('ip'), service.ip],
    ...extras
      .filter(({ key }) => !(connectTo && key === 'port'))
      .map((extra): [string, string] => [wordFor(extra), extra.value]),
    ...nameservers.map((name, index): [string, string] => [
      nameservers.length > 1 ? t('nameserver', { number: index + 1 }) : t('nameservers'),
      name,
    ]),
    [t('username'), service.username],
  ];
  return lines.flatMap(([label, value]) =>
    value === null
      ? []
      : [
          {
            label,
            value: (
              <span className="font-mono text-[13px]">
                <Breakable text={value} />
              </span>
            ),
            aside: <CopyButton value={value} what={label} />,
          },
        ],
  );
}
