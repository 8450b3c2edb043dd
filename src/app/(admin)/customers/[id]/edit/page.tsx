import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CustomerEdit } from '@/features/customers/ui/customer-edit';
import { getQueryClient, HydrateClient, trpc } from '@/trpc/server';

interface CustomerRouteProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('customers'))('edit') };
}

export default async function EditCustomerRoute({ params }: CustomerRouteProps) {
  const { id } = await params;
  await getQueryClient().prefetchQuery(trpc.customers.get.queryOptions({ id }));
  return (
    <HydrateClient>
      <CustomerEdit id={id} />
    </HydrateClient>
  );
}
