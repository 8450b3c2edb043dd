import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { env } from '@/env';
import { TRPCProvider } from '@/trpc/client';
import { getQueryClient, HydrateClient, requireActor, trpc } from '@/trpc/server';
import { Shell } from './_shell/shell';

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role === 'CUSTOMER') redirect('/my');
  // Waited for: server and browser must draw the same figures, or the page is drawn twice.
  await getQueryClient().prefetchQuery(trpc.dashboard.get.queryOptions());
  return (
    <TRPCProvider>
      <HydrateClient>
        <Shell name={actor.name} role={actor.role} demo={env.HYBLE_MODE === 'demo'}>
          {children}
        </Shell>
      </HydrateClient>
    </TRPCProvider>
  );
}
