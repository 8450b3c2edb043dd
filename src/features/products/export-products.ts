import { type ExportedList, readAllPages, toCsv } from '@/lib/csv';
import { listProducts } from './queries';
import type { ExportProductsInput } from './schema';

const HEADER = [
  'id',
  'name',
  'module',
  'module settings',
  'group',
  'options',
  'on sale',
  'days until removal',
  'services',
  'created',
];

/** The products of a search and filter as a table, newest first; without what their module marks as secret. */
export async function exportProducts(filter: ExportProductsInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listProducts({ ...filter, cursor, limit: 100 }));
  const rows = items.map((item) => [
    item.id,
    item.name,
    item.moduleName,
    JSON.stringify(item.moduleSettings),
    item.group?.name,
    item.configOptions.map(({ id }) => id).join(' '),
    item.isActive,
    item.terminateAfterDays,
    item.serviceCount,
    item.createdAt,
  ]);
  return { text: toCsv(HEADER, rows), rows: rows.length, complete };
}
