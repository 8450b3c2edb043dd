'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Field, LiveChoices } from '@/components/schema-form/fields';
import { useTRPC } from '@/trpc/client';
import type { RouterOutputs } from '@/trpc/types';

const FRESH_MS = 60_000;

/** Whether some field of a form is to be filled from the panel's own list of packages. */
const wantsPackages = (fields: readonly Field[]): boolean =>
  fields.some((field) => field.kind === 'text' && field.choices === 'packages');

/** The lists that a product's settings are chosen from, asked of the panels the product may be placed on. */
export function usePanelLists(
  fields: readonly Field[],
  place: { moduleSlug: string; serverGroupId: string | null },
): Record<string, LiveChoices> {
  const t = useTranslations('products.panelList');
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.products.packages.queryOptions(place),
    enabled: wantsPackages(fields),
    staleTime: FRESH_MS,
    retry: false,
  });
  if (!wantsPackages(fields) || query.data?.supported === false) return {};
  const refresh = () => void query.refetch();
  if (query.isFetching || query.isPending)
    return { packages: { state: 'loading', items: itemsOf(query.data, t), note: t('asking') } };
  if (query.isError)
    return { packages: { state: 'failed', items: [], note: t('failed', { words: query.error.message }), refresh } };
  return { packages: { ...toChoices(query.data, t), refresh } };
}

type Packages = RouterOutputs['products']['packages'];
type Words = ReturnType<typeof useTranslations<'products.panelList'>>;

function toChoices(data: Packages, t: Words): LiveChoices {
  const { answered, silent } = data;
  const [first] = silent;
  if (answered.length === 0)
    return { state: 'failed', items: [], note: t('failed', { words: first ? `${first.server}: ${first.words}` : '' }) };
  const from = t('from', { servers: answered.join(', ') });
  const note = silent.length
    ? `${from} ${t('silent', { servers: silent.map(({ server }) => server).join(', ') })}`
    : from;
  return { state: 'ready', items: itemsOf(data, t), note };
}

function itemsOf(data: Packages | undefined, t: Words) {
  return (data?.items ?? []).map(({ value, label, description, missingOn }) => ({
    value,
    label,
    description: [description, missingOn.length ? t('missingOn', { servers: missingOn.join(', ') }) : null]
      .filter(Boolean)
      .join(' · '),
  }));
}
