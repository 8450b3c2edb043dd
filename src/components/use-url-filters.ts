'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';

/** Filters live in the address: a list can be sent to somebody, and "back" brings it back. */
export function useUrlFilters<Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  // The keys are exactly the names given.
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  const here = params.toString();
  // Asked for and not arrived yet: a second choice made meanwhile adds to the first instead of undoing it.
  const ahead = useRef<string[]>([]);
  useEffect(() => {
    const arrived = ahead.current.indexOf(here);
    ahead.current = arrived < 0 ? [] : ahead.current.slice(arrived + 1);
  }, [here]);
  const set = useCallback(
    (changes: Partial<Record<Name, string>>) => {
      const next = new URLSearchParams(ahead.current.at(-1) ?? here);
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const query = next.toString();
      ahead.current.push(query);
      router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false });
    },
    [here, pathname, router],
  );
  return [values, set] as const;
}
