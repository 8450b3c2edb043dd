'use client';

import { IconPlugConnected } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { Section } from '@/components/section';
import { Capabilities } from '@/features/modules/ui/capabilities';
import { ModuleLogo } from '@/features/modules/ui/module-logo';
import type { RouterOutputs } from '@/trpc/types';

type Module = RouterOutputs['modules']['list']['items'][number];

/** The first step of a new server: which panel runs there? */
export function ModuleCards({ modules }: { modules: readonly Module[] }) {
  const t = useTranslations('serverForm');
  const usable = modules.filter(({ isActive, isInstalled }) => isActive && isInstalled);
  if (usable.length === 0) {
    return (
      <Section>
        <EmptyState icon={<IconPlugConnected size={22} />} title={t('noModules')} text={t('noModulesText')} />
      </Section>
    );
  }
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {usable.map((module) => (
        <li
          key={module.id}
          className="relative rounded-xl border border-line bg-surface p-5 transition-colors hover:bg-hover"
        >
          <div className="mb-3 flex items-center gap-3">
            <ModuleLogo logo={module.logo} />
            <Link href={`/servers/new?module=${module.slug}`} className="row-link font-semibold text-ink no-underline">
              {module.name}
            </Link>
          </div>
          <p className="mb-3 text-sm text-ink-soft">{module.description}</p>
          <Capabilities capabilities={module.capabilities} onlyWhatItCan />
        </li>
      ))}
    </ul>
  );
}
