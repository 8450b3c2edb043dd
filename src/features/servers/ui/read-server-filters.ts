import type { RouterInputs } from '@/trpc/types';

type Filter = Extract<RouterInputs['servers']['list'], object>;

/** What the chips offer, as it stands in the address. */
export const SHOWN = ['ACTIVE', 'MAINTENANCE', 'OFFLINE', 'held', 'full', 'disabled', 'archived'] as const;
type Shown = (typeof SHOWN)[number];

const OF: Record<Shown, Partial<Filter>> = {
  ACTIVE: { status: 'ACTIVE' },
  MAINTENANCE: { status: 'MAINTENANCE' },
  OFFLINE: { status: 'OFFLINE' },
  held: { state: 'held' },
  full: { state: 'full' },
  disabled: { state: 'disabled' },
  archived: { archived: true },
};

const SERVER_SORTS = ['name', 'accounts'] as const;

export const readServerSort = (text: string | undefined) => SERVER_SORTS.find((one) => one === text);

export const readShown = (text: string | undefined): Shown | undefined => SHOWN.find((one) => one === text);

interface Address {
  search?: string | undefined;
  show?: string | undefined;
  group?: string | undefined;
  module?: string | undefined;
  sort?: string | undefined;
}

/** The filter that an address asks for: the server prefetches and the browser asks with the very same. */
export function readServerFilters({ search, show, group, module, sort }: Address): Filter {
  const shown = readShown(show);
  return {
    search: search || undefined,
    groupId: group && /^[0-9a-f-]{36}$/i.test(group) ? group : undefined,
    moduleSlug: module || undefined,
    sort: readServerSort(sort),
    ...(shown ? OF[shown] : {}),
  };
}
