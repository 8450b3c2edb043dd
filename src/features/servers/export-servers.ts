import { type ExportedList, readAllPages, toCsv } from '@/lib/csv';
import { listServers } from './queries';
import type { ExportServersInput } from './schema';

const HEADER = [
  'id',
  'name',
  'hostname',
  'address',
  'type',
  'module',
  'group',
  'status',
  'disabled',
  'held since',
  'held because',
  'accounts',
  'accounts unknown to us',
  'limit',
  'parallel changes',
  'version',
  'last check',
  'last check ok',
  'latency ms',
  'archived',
  'created',
];

/** The servers of a search and filter as a table, newest first; no connection settings. */
export async function exportServers(filter: ExportServersInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listServers({ ...filter, cursor, limit: 100 }));
  const rows = items.map((item) => [
    item.id,
    item.name,
    item.hostname,
    item.ipAddress,
    item.type,
    item.moduleName,
    item.group?.name,
    item.status,
    item.isDisabled,
    item.held?.at,
    item.held?.reason,
    item.accountCount,
    item.unknownCount,
    item.maxAccounts,
    item.maxParallel,
    item.version,
    item.lastCheckedAt,
    item.lastCheck?.ok,
    item.lastCheck?.latencyMs,
    item.archived,
    item.createdAt,
  ]);
  return { text: toCsv(HEADER, rows), rows: rows.length, complete };
}
