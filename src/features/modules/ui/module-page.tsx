'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { StaleNote } from '@/components/error-panel';
import { FactList } from '@/components/fact-list';
import { Markdown } from '@/components/markdown';
import { Page } from '@/components/page';
import { PendingPage } from '@/components/pending-page';
import { Section } from '@/components/section';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { Capabilities } from './capabilities';
import { DefinitionActions, DefinitionFacts } from './definition-actions';
import { ModuleLogo } from './module-logo';
import { ModulePolicies } from './module-policies';
import { ModuleSchema } from './module-schema';
import { ModuleSwitch } from './module-switch';
import { ModuleState, typeOf } from './modules-list';

type Module = RouterOutputs['modules']['get'];

/** One kind of panel: what it can do, what it asks for, which rules it keeps, who uses it. */
export function ModulePage({ id }: { id: string }) {
  const t = useTranslations('modules');
  const trpc = useTRPC();
  const query = useQuery(trpc.modules.get.queryOptions({ id, language: useLocale() }));
  const back = { href: '/modules', label: t('title') };
  const { data: module } = query;
  if (!module) return <PendingPage title={t('one')} back={back} query={query} />;
  return (
    <Page
      title={
        <span className="flex items-center gap-3">
          <ModuleLogo logo={module.logo} size={40} />
          {module.name}
        </span>
      }
      lead={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
          <ModuleState module={module} />
          <span>{module.description}</span>
        </span>
      }
      back={back}
      actions={module.definitionVersion !== null && <DefinitionActions module={module} />}
    >
      {query.isError && <StaleNote updatedAt={query.dataUpdatedAt} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="space-y-5">
          {!module.isInstalled && <Section title={t('gone')}>{t('goneText', { slug: module.slug })}</Section>}
          {module.definitionVersion !== null && <DefinitionFacts module={module} />}
          <Section title={t('capabilities')}>
            <Capabilities capabilities={module.capabilities} />
            {module.actions.length > 0 && (
              <p className="mt-3 text-[13px] text-ink-soft">
                {t('actions', { names: module.actions.map(({ label }) => label).join(', ') })}
              </p>
            )}
          </Section>
          <ModuleSchema title={t('connectionSettings')} schema={module.forms.config} />
          <ModuleSchema title={t('productSettings')} schema={module.forms.settings} />
          <ModulePolicies policies={module.policies} />
          <Section title={t('readme')}>
            {module.readme ? (
              <Markdown text={module.readme.text} />
            ) : (
              <p className="text-sm text-ink-soft">{t('noReadme')}</p>
            )}
          </Section>
        </div>
        <div className="space-y-5">
          <ModuleFacts module={module} />
          <ModuleSwitch key={`${module.isActive}`} module={module} />
          <Users
            title={t('servers')}
            base="/servers"
            items={module.servers}
            count={module.serverCount}
            none={t('noServers')}
          />
          <Users
            title={t('products')}
            base="/products"
            items={module.products}
            count={module.productCount}
            none={t('noProducts')}
          />
        </div>
      </div>
    </Page>
  );
}

function ModuleFacts({ module }: { module: Module }) {
  const t = useTranslations('modules');
  const { panelVersions, testedAgainst } = module.readme?.facts ?? {};
  return (
    <Section title={t('facts')}>
      <FactList
        facts={[
          { label: t('fact.type'), value: t(`types.${typeOf(module.type)}`) },
          { label: t('fact.version'), value: module.version },
          panelVersions ? { label: t('fact.panelVersions'), value: panelVersions } : null,
          testedAgainst ? { label: t('fact.testedAgainst'), value: testedAgainst } : null,
          { label: t('fact.slug'), value: <code className="font-mono text-[13px]">{module.slug}</code> },
          {
            label: t('fact.origin'),
            value: module.definitionVersion !== null ? t('madeHere') : module.isExternal ? t('external') : t('builtIn'),
          },
        ]}
      />
    </Section>
  );
}

interface UsersProps {
  title: string;
  base: string;
  items: { id: string; name: string }[];
  /** How many there are; `items` may be the first of them. */
  count: number;
  none: string;
}

function Users({ title, base, items, count, none }: UsersProps) {
  const placement = useTranslations('placement');
  return (
    <Section title={title} aside={count || undefined}>
      {items.length === 0 && <p className="text-sm text-ink-soft">{none}</p>}
      <ul className="space-y-1 text-sm">
        {items.map(({ id, name }) => (
          <li key={id}>
            <Link href={`${base}/${id}`} className="[overflow-wrap:anywhere]">
              {name}
            </Link>
          </li>
        ))}
        {count > items.length && (
          <li className="text-ink-soft">{placement('more', { count: count - items.length })}</li>
        )}
      </ul>
    </Section>
  );
}
