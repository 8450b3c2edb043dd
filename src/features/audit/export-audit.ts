import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { type ExportedList, escapeControls, readAllPages, toCsv } from '@/lib/csv';
import { inTransaction } from '@/lib/transaction';
import { type AuditItem, listAudit } from './queries';
import type { ExportAuditInput } from './schema';

const HEADER = [
  'at',
  'who',
  'who (id)',
  'action',
  'on',
  'on (id)',
  'outcome',
  'reason',
  'before',
  'after',
  'address',
  'request',
];

/**
 * The entries of a filter as a table or as JSON lines, newest first. That somebody took them away is an entry itself.
 */
export async function exportAudit(ctx: Ctx, { format, ...filter }: ExportAuditInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listAudit({ ...filter, cursor, limit: 100 }));
  const text = format === 'csv' ? toCsv(HEADER, items.map(toRow)) : items.map(toLine).join('');
  const after = { format, rows: items.length, ...filter };
  await inTransaction((tx) =>
    recordAudit(tx, ctx, { action: 'audit.export', targetType: 'Audit', targetId: null, after }),
  );
  return { text, rows: items.length, complete };
}

const inWords = (value: unknown) => (value === null ? null : JSON.stringify(value));

function toRow(item: AuditItem) {
  const { at, actorName, actorId, action, targetType, targetId, outcome, reason, before, after } = item;
  const where = [item.address, item.requestId];
  const what = [action, targetType, targetId, outcome, reason, inWords(before), inWords(after)];
  return [at, actorName, actorId, ...what, ...where];
}

/** JSON escapes most control characters by itself; those that turn the direction of writing it does not. */
function toLine(item: AuditItem): string {
  return `${escapeControls(JSON.stringify(item))}\n`;
}
