'use client';

import { Skeleton } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Section } from '@/components/section';
import { useUrlFilters } from '@/components/use-url-filters';
import { useTRPC } from '@/trpc/client';
import { ProductForm } from './product-form';

/** First which kind of panel, then everything that depends on it. */
export function NewProduct() {
  const t = useTranslations('products');
  const trpc = useTRPC();
  const language = useLocale();
  const [{ module: chosen }, setFilters] = useUrlFilters(['module'] as const);
  const modules = useQuery(trpc.modules.list.queryOptions({ limit: 100, language }));
  if (modules.isError) return <ErrorPanel error={modules.error} onRetry={() => void modules.refetch()} />;
  if (!modules.data) return <Skeleton height={240} radius="lg" />;
  const usable = modules.data.items.filter(({ isActive, isInstalled }) => isActive && isInstalled);
  const current = usable.find(({ slug }) => slug === chosen) ?? (usable.length === 1 ? usable[0] : undefined);
  if (usable.length === 0) {
    return (
      <Section>
        <EmptyState icon={<IconPlugConnected size={22} />} title={t('noModule')} text={t('noModuleText')} />
      </Section>
    );
  }
  return (
    <div className="space-y-5">
      <Section title={t('module')}>
        <div role="radiogroup" aria-label={t('module')} className="grid gap-3 sm:grid-cols-2">
          {usable.map(({ slug, name, description, logo }) => (
            <label
              key={slug}
              className="flex cursor-pointer items-start gap-3 rounded-xl border border-line p-4 hover:bg-hover has-checked:border-brand-500 has-focus-visible:outline-2 has-focus-visible:outline-brand-500"
            >
              <input
                type="radio"
                name="module"
                value={slug}
                checked={current?.slug === slug}
                onChange={() => setFilters({ module: slug })}
                className="sr-only"
              />
              {/* biome-ignore lint/performance/noImgElement: a small picture inside the page, nothing to optimize */}
              {logo && <img src={logo} alt="" className="size-8 shrink-0" />}
              <span className="min-w-0">
                <span className="block text-sm font-semibold">{name}</span>
                <span className="block text-[13px] text-ink-soft">{description}</span>
              </span>
            </label>
          ))}
        </div>
      </Section>
      {current && <ProductForm moduleId={current.id} />}
    </div>
  );
}
