import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { safeReturnPath } from '@/features/sign-in/schema';
import { MailLinkForm } from '@/features/users/ui/mail-link-form';
import { TRPCProvider } from '@/trpc/client';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailLink'))('sign-in.title') };
}

interface MailPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function MailPage({ searchParams }: MailPageProps) {
  const { callbackUrl, for: purpose } = await searchParams;
  return (
    <TRPCProvider>
      <MailLinkForm
        purpose={purpose === 'password' ? 'password' : 'sign-in'}
        returnTo={safeReturnPath(typeof callbackUrl === 'string' ? callbackUrl : null)}
      />
    </TRPCProvider>
  );
}
