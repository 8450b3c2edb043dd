import { defaultShouldDehydrateQuery, QueryClient } from '@tanstack/react-query';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server rendered is not asked for again at once.
        staleTime: 5_000,
        // A refusal does not get better by asking again; a lost connection may.
        retry: typeof window === 'undefined' ? false : (count, error) => count < 2 && !isRefusal(error),
      },
      // A query still under way is sent along and arrives by streaming.
      dehydrate: {
        shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
      },
    },
  });
}

function isRefusal(error: unknown): boolean {
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null;
  return typeof data === 'object' && data !== null && 'httpStatus' in data && Number(data.httpStatus) < 500;
}
