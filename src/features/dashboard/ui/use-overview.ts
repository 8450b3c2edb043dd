'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/trpc/client';

interface OverviewOptions {
  /** How often to ask while work is under way anywhere; the dashboard shows it live, a count beside a link need not. */
  everySeconds?: number;
}

/** The figures of the whole panel: for the dashboard, the counts in the navigation and the banner. */
export function useOverview({ everySeconds = 10 }: OverviewOptions = {}) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.dashboard.get.queryOptions(),
    refetchInterval: ({ state }) => {
      const counts = state.data?.counts;
      return counts && counts.running + counts.waiting > 0 ? everySeconds * 1000 : false;
    },
    // The navigation stays while pages change, so there is no mount that would ask again.
    staleTime: 2000,
  });
}
