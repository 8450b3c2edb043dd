import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { safeReturnPath } from '@/features/sign-in/schema';
import { LinkSignIn } from '@/features/sign-in/ui/link-sign-in';

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations('mailLink'))('link.title');
  return { title, robots: { index: false } };
}

interface LinkPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function LinkPage({ searchParams }: LinkPageProps) {
  const { to } = await searchParams;
  return <LinkSignIn returnTo={safeReturnPath(typeof to === 'string' ? to : null)} />;
}
