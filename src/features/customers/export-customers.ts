import { type ExportedList, readAllPages, toCsv } from '@/lib/csv';
import { listCustomers } from './queries';
import type { ExportCustomersInput } from './schema';

const HEADER = ['id', 'name', 'email', 'language', 'reference', 'services', 'created'];

/** The customers of a search as a table, newest first. */
export async function exportCustomers({ search }: ExportCustomersInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listCustomers({ search, cursor, limit: 100 }));
  const rows = items.map(({ id, name, email, language, externalRef, serviceCount, createdAt }) => [
    id,
    name,
    email,
    language,
    externalRef,
    serviceCount,
    createdAt,
  ]);
  return { text: toCsv(HEADER, rows), rows: rows.length, complete };
}
