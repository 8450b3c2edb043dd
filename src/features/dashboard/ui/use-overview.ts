'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/trpc/client';

/** The figures of the whole panel: for the dashboard, the counts in the navigation and the banner. */
export function useOverview() {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.dashboard.get.queryOptions(),
    refetchInterval: ({ state }) => {
      const counts = state.data?.counts;
      return counts && counts.running + counts.waiting > 0 ? 1000 : false;
    },
    // The navigation stays while pages change, so there is no mount that would ask again.
    staleTime: 2000,
  });
}
