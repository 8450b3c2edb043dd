import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { safeReturnPath } from '@/features/sign-in/schema';
import { SignInForm } from '@/features/sign-in/ui/sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error } = await searchParams;
  return (
    <SignInForm
      returnTo={safeReturnPath(typeof callbackUrl === 'string' ? callbackUrl : null)}
      initialError={typeof error === 'string' ? error : null}
    />
  );
}
