import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { env } from '@/env';
import { TRPCProvider } from '@/trpc/client';
import { HydrateClient, prefetch, requireActor, trpc } from '@/trpc/server';
import { Shell } from './_shell/shell';

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role === 'CUSTOMER') redirect('/my');
  prefetch(trpc.dashboard.get.queryOptions());
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
