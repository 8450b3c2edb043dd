'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/trpc/client';

interface OverviewOptions {
  /** How often to ask while work runs anywhere; the dashboard shows it live, a count beside a link need not. */
  everySeconds?: number;
}

/** Nothing runs: what waits or broke meanwhile may be a little late. */
const QUIET_SECONDS = 10;

/** The figures of the whole panel: for the dashboard, the counts in the navigation and the banner. */
export function useOverview({ everySeconds = 10 }: OverviewOptions = {}) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.dashboard.get.queryOptions(),
    refetchInterval: ({ state }) => {
      const counts = state.data?.counts;
      return (counts && counts.running > 0 ? everySeconds : Math.max(everySeconds, QUIET_SECONDS)) * 1000;
    },
    // The navigation stays while pages change, so there is no mount that would ask again.
    staleTime: 2000,
  });
}
