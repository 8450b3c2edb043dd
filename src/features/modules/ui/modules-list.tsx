'use client';

import { Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Section } from '@/components/section';
import { Tag } from '@/components/status-badge';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';
import { Capabilities } from './capabilities';
import { ModuleLogo } from './module-logo';

type Module = RouterOutputs['modules']['list']['items'][number];

/** Every kind of panel this installation can talk to. */
export function ModulesList() {
  const t = useTranslations('modules');
  const trpc = useTRPC();
  const query = useQuery(trpc.modules.list.queryOptions({ limit: 100, language: useLocale() }));
  if (query.isError) return <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton height={220} radius="lg" />;
  if (query.data.items.length === 0) {
    return (
      <Section>
        <EmptyState icon={<IconPlugConnected size={22} />} title={t('empty')} text={t('emptyText')} />
      </Section>
    );
  }
  return (
    <ul aria-label={t('title')} className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      {query.data.items.map((module) => (
        <ModuleCard key={module.id} module={module} />
      ))}
    </ul>
  );
}

function ModuleCard({ module }: { module: Module }) {
  const t = useTranslations('modules');
  return (
    <li className="relative flex flex-col rounded-xl border border-line bg-surface p-5 transition-colors hover:bg-hover">
      <div className="mb-3 flex items-start gap-3">
        <ModuleLogo logo={module.logo} size={40} />
        <div className="min-w-0 flex-1">
          <Link href={`/modules/${module.id}`} className="row-link block truncate font-semibold text-ink no-underline">
            {module.name}
          </Link>
          <p className="text-[13px] text-ink-soft">
            {t('typeAndVersion', { type: t(`types.${typeOf(module.type)}`), version: module.version })}
          </p>
        </div>
        <ModuleState module={module} />
      </div>
      <p className="mb-4 text-sm text-ink-soft">{module.description}</p>
      <Capabilities capabilities={module.capabilities} />
      <p className="mt-auto pt-4 text-[13px] text-ink-soft">
        {t('usedBy', { servers: module.serverCount, products: module.productCount })}
      </p>
    </li>
  );
}

export function ModuleState({ module }: { module: Pick<Module, 'isActive' | 'isInstalled'> }) {
  const t = useTranslations('modules');
  if (!module.isInstalled) return <Tag tone="red" label={t('gone')} />;
  return module.isActive ? <Tag tone="green" label={t('active')} /> : <Tag tone="grey" label={t('off')} />;
}

const TYPES = ['hosting', 'vps', 'game', 'custom'] as const;
export const typeOf = (type: string) => TYPES.find((known) => known === type) ?? 'custom';
