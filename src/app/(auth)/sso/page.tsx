import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CodePage } from '@/features/sso/ui/code-page';

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('login'))('continue.title'),
    robots: { index: false },
  };
}

// No stricter referrer policy than elsewhere: browsers would then hide where the form comes from, and it would be refused.
export default function CodeRoute() {
  return <CodePage />;
}
