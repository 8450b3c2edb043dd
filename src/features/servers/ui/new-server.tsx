'use client';

import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { ErrorPanel } from '@/components/error-panel';
import { ModuleLogo } from '@/features/modules/ui/module-logo';
import { useTRPC } from '@/trpc/client';
import { ModuleCards } from './module-cards';
import { ServerForm } from './server-form';

/** First the panel, then its form; the choice stands in the address, so that "back" takes it back. */
export function NewServer() {
  const slug = useSearchParams().get('module');
  const trpc = useTRPC();
  const modules = useQuery(trpc.modules.list.queryOptions({ limit: 100, language: useLocale() }));
  if (modules.isError) return <ErrorPanel error={modules.error} onRetry={() => void modules.refetch()} />;
  if (!modules.data) return <Skeleton height={180} radius="lg" />;
  const { items } = modules.data;
  const chosen = items.find((module) => module.slug === slug);
  // An address that names a module which is not here offers those that are.
  return chosen ? <NewServerOf moduleId={chosen.id} /> : <ModuleCards modules={items} />;
}

function NewServerOf({ moduleId }: { moduleId: string }) {
  const t = useTranslations('serverForm');
  const trpc = useTRPC();
  const module = useQuery(trpc.modules.get.queryOptions({ id: moduleId, language: useLocale() }));
  if (module.isError) return <ErrorPanel error={module.error} onRetry={() => void module.refetch()} />;
  if (!module.data) return <Skeleton height={520} radius="lg" />;
  return (
    <>
      <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <ModuleLogo logo={module.data.logo} />
        <span className="font-semibold">{module.data.name}</span>
        <Link href="/servers/new" className="text-ink-soft">
          {t('otherModule')}
        </Link>
        <Link href={`/modules/${module.data.id}`} className="text-ink-soft">
          {t('howTo')}
        </Link>
      </div>
      <ServerForm key={module.data.id} module={module.data} />
    </>
  );
}
