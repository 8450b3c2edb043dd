import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CodePage } from '@/features/sso/ui/code-page';

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: (await getTranslations('login'))('continue.title'),
    robots: { index: false },
    referrer: 'no-referrer',
  };
}

export default function CodeRoute() {
  return <CodePage />;
}
