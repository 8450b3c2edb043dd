import type { Ctx } from '@/lib/context';
import { type ExportedList, readAllPages, toCsv } from '@/lib/csv';
import { listServices } from './queries';
import type { ExportServicesInput } from './schema';

const HEADER = [
  'id',
  'domain',
  'username',
  'status',
  'product',
  'customer',
  'customer email',
  'server',
  'id on the panel',
  'created',
  'active since',
];

/** The services of a search and filter as a table, newest first. */
export async function exportServices(ctx: Ctx, filter: ExportServicesInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listServices(ctx, { ...filter, cursor, limit: 100 }));
  const rows = items.map((item) => [
    item.id,
    item.domain,
    item.username,
    item.status,
    item.product.name,
    item.customer.name,
    item.customer.email,
    item.server?.name,
    item.remoteId,
    item.createdAt,
    item.activatedAt,
  ]);
  return { text: toCsv(HEADER, rows), rows: rows.length, complete };
}
