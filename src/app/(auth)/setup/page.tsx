import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SetupForm } from '@/features/users/ui/setup-form';
import { TRPCProvider } from '@/trpc/client';
import { caller } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') };
}

export default async function SetupPage() {
  const { open } = await caller.users.firstRun();
  if (!open) redirect('/sign-in');
  return (
    <TRPCProvider>
      <SetupForm />
    </TRPCProvider>
  );
}
