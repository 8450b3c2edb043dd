import 'server-only';
import {
  defaultShouldDehydrateQuery,
  dehydrate,
  type FetchQueryOptions,
  HydrationBoundary,
  type QueryKey,
} from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache, type ReactNode } from 'react';
import type { SessionFacts } from '@/lib/auth';
import type { Actor } from '@/lib/context';
import { contextOf } from './context';
import { makeQueryClient } from './query-client';
import { appRouter, createCaller } from './root';

// `cache` = once per request: all components of a page share session, client and fetched data.
const requestContext = cache(async () => contextOf(new Headers(await headers())));
export const getQueryClient = cache(makeQueryClient);

/** Query options for prefetching, by the same names as `useTRPC()` in the browser. */
export const trpc = createTRPCOptionsProxy({ ctx: requestContext, router: appRouter, queryClient: getQueryClient });

/** Starts a query for the page; its answer, or the waiting for it, travels to the browser with `HydrateClient`. */
export function prefetch<Data, Failure, Result, Key extends QueryKey>(
  options: FetchQueryOptions<Data, Failure, Result, Key>,
): void {
  void getQueryClient().prefetchQuery(options);
}

/**
 * `settled`: only what has been answered. A layout draws while its page still asks, and what the page asks would travel
 * twice; a question that fails then would reach the browser without its reason.
 */
export function HydrateClient({ children, settled = false }: { children: ReactNode; settled?: boolean }) {
  const options = settled ? { shouldDehydrateQuery: defaultShouldDehydrateQuery } : {};
  return <HydrationBoundary state={dehydrate(getQueryClient(), options)}>{children}</HydrationBoundary>;
}

/** Calls procedures directly, for what a server component itself has to know. */
export const caller = createCaller(requestContext);

/** Who is signed in; null = nobody. */
export async function currentActor(): Promise<Extract<Actor, { type: 'user' }> | null> {
  const { actor } = await requestContext();
  return actor?.type === 'user' ? actor : null;
}

/** For layouts: whose session has ended goes to sign-in, also when the cookie still looks fine. */
export async function requireActor(): Promise<Extract<Actor, { type: 'user' }>> {
  return (await currentActor()) ?? redirect('/sign-in');
}

/** The language that the customer who is signed in has chosen; null = nobody, staff, or nobody knows right now. */
export async function ownLanguage(): Promise<SessionFacts['language']> {
  // A page that cannot be drawn for want of the database still says so in some language.
  const context = await requestContext().catch(() => null);
  return context?.session?.language ?? null;
}

/** What the session says besides who it belongs to. */
export async function requireSession(): Promise<SessionFacts> {
  return (await requestContext()).session ?? redirect('/sign-in');
}
