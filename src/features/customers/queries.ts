import type { Customer } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { containing, listOrder, type Page } from '@/lib/keyset';
import type { ListInput } from '../lists/schema';

export interface CustomerItem {
  id: string;
  name: string;
  email: string;
  language: string;
  externalRef: string | null;
  /** Counted up to 1,000. */
  serviceCount: number;
  createdAt: string;
}

export interface CustomerDetail extends CustomerItem {
  /** Who signs in to the client area as this customer. */
  user: { email: string; disabled: boolean } | null;
}

export async function listCustomers(input: ListInput): Promise<Page<CustomerItem>> {
  const { search } = input;
  const matches = search
    ? { OR: [{ name: containing(search) }, { email: containing(search) }, { externalRef: containing(search) }] }
    : {};
  const order = listOrder(input);
  const rows = await db.customer.findMany({
    where: { AND: [matches, order.following] },
    orderBy: order.orderBy,
    take: input.limit + 1,
  });
  const page = order.toPage(rows, input.limit);
  return { ...page, items: await withCounts(page.items) };
}

export async function getCustomer(id: string): Promise<CustomerDetail> {
  const row = await db.customer.findUnique({
    where: { id },
    include: { user: { select: { email: true, disabledAt: true } } },
  });
  const [item] = row ? await withCounts([row]) : [];
  if (!row || !item) throw notFound('customer');
  return { ...item, user: row.user && { email: row.user.email, disabled: row.user.disabledAt !== null } };
}

async function withCounts(rows: Customer[]): Promise<CustomerItem[]> {
  const ids = rows.map(({ id }) => id);
  // Per customer, and no further than 1,000: a reseller with a million services must not slow the list.
  const counts = await db.$queryRaw<{ id: string; count: number }[]>`
    SELECT c.id, (SELECT count(*)::int FROM (SELECT 1 FROM "Service" s WHERE s."customerId" = c.id LIMIT 1000) bounded) AS count
    FROM unnest(${ids}::text[]) AS c(id)`;
  const countOf = new Map(counts.map(({ id, count }) => [id, count]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    language: row.language,
    externalRef: row.externalRef,
    serviceCount: countOf.get(row.id) ?? 0,
    createdAt: row.createdAt.toISOString(),
  }));
}
