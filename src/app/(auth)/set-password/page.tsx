import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SetPasswordForm } from '@/features/users/ui/set-password-form';
import { TRPCProvider } from '@/trpc/client';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setPassword'))('title') };
}

export default function SetPasswordPage() {
  return (
    <TRPCProvider>
      <SetPasswordForm />
    </TRPCProvider>
  );
}
