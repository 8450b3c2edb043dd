'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from '@/components/copy-button';
import { type Fact, FactList } from '@/components/fact-list';
import { RelativeTime } from '@/components/relative-time';
import { Section } from '@/components/section';
import { TextLink } from '@/components/text-link';
import type { RouterOutputs } from '@/trpc/types';
import { ServiceOptions } from './service-options';

type Service = RouterOutputs['services']['get'];

/** What is known of a service, with what one copies often at hand. */
export function ServiceFacts({ service }: { service: Service }) {
  const t = useTranslations('services');
  const none = <span className="text-ink-soft">{t('facts.none')}</span>;
  const copied = (label: string, value: string | null): Fact | null =>
    value === null
      ? null
      : {
          label,
          value: <span className="font-mono text-[13px]">{value}</span>,
          aside: <CopyButton value={value} what={label} />,
        };
  return (
    <>
      <Section title={t('sections.facts')}>
        <FactList
          facts={[
            {
              label: t('facts.customer'),
              value: (
                <>
                  <TextLink href={`/customers/${service.customer.id}`}>{service.customer.name}</TextLink>
                  <span className="block text-[13px] text-ink-soft">{service.customer.email}</span>
                </>
              ),
            },
            {
              label: t('facts.product'),
              value: <TextLink href={`/products/${service.product.id}`}>{service.product.name}</TextLink>,
            },
            {
              label: t('facts.options'),
              value: <ServiceOptions productId={service.product.id} options={service.configOptions} />,
            },
            { label: t('facts.created'), value: <RelativeTime at={service.createdAt} /> },
            service.activatedAt
              ? { label: t('facts.activated'), value: <RelativeTime at={service.activatedAt} /> }
              : null,
            copied(t('facts.id'), service.id),
          ]}
        />
      </Section>
      <Section title={t('sections.credentials')}>
        <FactList
          facts={[
            {
              label: t('facts.server'),
              value: service.server ? (
                <TextLink href={`/servers/${service.server.id}`}>{service.server.name}</TextLink>
              ) : (
                none
              ),
            },
            copied(t('facts.domain'), service.domain),
            copied(t('facts.username'), service.username),
            copied(t('facts.remoteId'), service.remoteId),
            copied(t('facts.ip'), service.dedicatedIp),
            ...extras(service.additionalData).map(([label, value]) => copied(label, value)),
            service.nameservers.length > 0
              ? { label: t('facts.nameservers'), value: service.nameservers.join(', ') }
              : null,
            {
              label: t('facts.password'),
              value: (
                <span className="text-ink-soft">
                  {service.passwordKnown ? t('facts.passwordKnown') : t('facts.passwordUnknown')}
                </span>
              ),
            },
          ]}
        />
      </Section>
    </>
  );
}

/** Ports and the like that the panel answered; anything deeper is no fact for people. */
function extras(data: Record<string, unknown>): [string, string][] {
  return Object.entries(data).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' ? [[readable(key), String(value)]] : [],
  );
}

/** "ftpPort" -> "Ftp port": the panel's own names, made fit to read. */
function readable(key: string): string {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
