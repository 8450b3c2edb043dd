import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { env } from '@/env';
import { StepUpDialog } from '@/features/users/ui/step-up-dialog';
import { TRPCProvider } from '@/trpc/client';
import { getQueryClient, HydrateClient, requireActor, requireSession, trpc } from '@/trpc/server';
import { Shell } from './_shell/shell';

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role === 'CUSTOMER') redirect('/my');
  if ((await requireSession()).mustSetUpTwoFactor) redirect('/two-factor');
  const cache = getQueryClient();
  // Waited for: server and browser must draw the same, or the page is drawn twice.
  await Promise.all([
    cache.prefetchQuery(trpc.dashboard.get.queryOptions()),
    cache.prefetchQuery(trpc.users.me.queryOptions()),
  ]);
  return (
    <TRPCProvider>
      <HydrateClient settled>
        <Shell name={actor.name} role={actor.role} demo={env.HYBLE_MODE === 'demo'}>
          {children}
        </Shell>
        <StepUpDialog />
      </HydrateClient>
    </TRPCProvider>
  );
}
