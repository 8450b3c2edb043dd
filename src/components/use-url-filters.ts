'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Filters live in the address: a list can be sent to somebody, and "back" brings it back. */
export function useUrlFilters<Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  // The keys are exactly the names given.
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  const set = useCallback(
    (changes: Partial<Record<Name, string>>) => {
      const next = new URLSearchParams(params);
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const query = next.toString();
      router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false });
    },
    [params, pathname, router],
  );
  return [values, set] as const;
}
