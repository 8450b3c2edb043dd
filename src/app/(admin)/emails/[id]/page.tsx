import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmailPage } from '@/features/emails/ui/email-page';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface EmailRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('emails'))('templates.other') };
}

export default async function EmailRoute({ params }: EmailRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.emails.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <EmailPage id={id} />
    </HydrateClient>
  );
}
