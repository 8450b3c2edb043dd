'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { type Fact, FactList } from '@/components/fact-list';
import { Section } from '@/components/section';
import { MyPassword } from './my-password';
import type { MyService } from './my-status';
import { useableName } from './service-name';

/** Ports that have a name of their own; what else a panel answers keeps its own key. */
const EXTRAS = ['port', 'ftpPort', 'gamePort', 'queryPort', 'sshPort'] as const;

/** Everything one types somewhere to reach the service, each with a button that copies it. */
export function MyAccess({ service }: { service: MyService }) {
  const t = useTranslations('client.page');
  const [revealing, { open, close }] = useDisclosure(false);
  const copied = (label: string, value: string | null): Fact | null =>
    value === null
      ? null
      : {
          label,
          value: <span className="font-mono text-[13px]">{value}</span>,
          aside: <CopyButton value={value} what={label} />,
        };
  const labelOf = (key: string) => {
    const known = EXTRAS.find((one) => one === key);
    return known ? t(`extras.${known}`) : key;
  };
  const facts = [
    copied(t('domain'), service.domain),
    copied(t('address'), service.hostname),
    copied(t('ip'), service.ip),
    ...service.extras.map(({ key, value }) => copied(labelOf(key), value)),
    ...service.nameservers.map((name, index) =>
      copied(service.nameservers.length > 1 ? `${t('nameservers')} ${index + 1}` : t('nameservers'), name),
    ),
    copied(t('username'), service.username),
    service.passwordKnown
      ? {
          label: t('password'),
          value: (
            <Button size="compact-sm" variant="default" onClick={open}>
              {t('reveal.button')}
            </Button>
          ),
        }
      : null,
  ];
  const empty = service.hostname === null && service.username === null;
  return (
    <Section title={t('access')}>
      {empty ? <p className="text-sm text-ink-soft">{t('noAccess')}</p> : <FactList facts={facts} />}
      {revealing && <MyPassword serviceId={service.id} name={useableName(service) ?? ''} onClose={close} />}
    </Section>
  );
}
