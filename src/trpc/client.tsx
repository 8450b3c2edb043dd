'use client';

import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { MAX_BATCH } from './limits';
import { makeQueryClient } from './query-client';
import type { AppRouter } from './root';
import { PasswordQuestion, stepUpLink } from './step-up-link';

const context = createTRPCContext<AppRouter>();
export const { useTRPC, useTRPCClient } = context;

const QuestionContext = createContext(new PasswordQuestion());

/** Where the question for the password waits to be asked. */
export const usePasswordQuestion = () => useContext(QuestionContext);

let browserQueryClient: QueryClient | undefined;

/** One in the browser, also when React throws a first render away; a fresh one per request on the server. */
function queryClient(): QueryClient {
  if (typeof window === 'undefined') return makeQueryClient();
  browserQueryClient ??= makeQueryClient();
  return browserQueryClient;
}

interface TRPCProviderProps {
  children: ReactNode;
  /** Another address than the page's own; outside a browser only a full one can be called. */
  url?: string;
}

/** Gives the pages below it `useTRPC()`. */
export function TRPCProvider({ children, url = '/api/trpc' }: TRPCProviderProps) {
  const cache = queryClient();
  const [question] = useState(() => new PasswordQuestion());
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [stepUpLink(question), httpBatchLink({ url, maxItems: MAX_BATCH, maxURLLength: 3_000 })],
    }),
  );
  return (
    <QueryClientProvider client={cache}>
      <context.TRPCProvider trpcClient={client} queryClient={cache}>
        <QuestionContext value={question}>{children}</QuestionContext>
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
