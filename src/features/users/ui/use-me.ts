'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/trpc/client';

/** Who looks at the page. What they may do is decided by the procedures; this only hides what would be refused. */
export function useMe() {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.users.me.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  return { id: data?.id ?? null, isAdmin: data?.role === 'ADMIN' };
}
