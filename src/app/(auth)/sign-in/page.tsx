import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { safeReturnPath } from '@/features/sign-in/schema';
import { OtherWays } from '@/features/sign-in/ui/other-ways';
import { SignInForm } from '@/features/sign-in/ui/sign-in-form';
import { caller } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') };
}

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  // Nobody could sign in yet: a new installation begins with its administrator.
  if ((await caller.users.firstRun()).open) redirect('/setup');
  const { callbackUrl, error } = await searchParams;
  const returnTo = safeReturnPath(typeof callbackUrl === 'string' ? callbackUrl : null);
  return (
    <>
      <SignInForm returnTo={returnTo} initialError={typeof error === 'string' ? error : null} />
      <OtherWays returnTo={returnTo} />
    </>
  );
}
