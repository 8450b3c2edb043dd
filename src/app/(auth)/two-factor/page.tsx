import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MustSetUpTwoFactor } from '@/features/two-factor/ui/must-set-up';
import { StepUpDialog } from '@/features/users/ui/step-up-dialog';
import { TRPCProvider } from '@/trpc/client';
import { requireSession } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('twoFactor'))('mustTitle') };
}

export default async function TwoFactorPage() {
  const { mustSetUpTwoFactor } = await requireSession();
  if (!mustSetUpTwoFactor) redirect('/');
  return (
    <TRPCProvider>
      <MustSetUpTwoFactor />
      <StepUpDialog />
    </TRPCProvider>
  );
}
