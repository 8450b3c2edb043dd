import { type ExportedList, readAllPages, toCsv } from '@/lib/csv';
import { listEmails } from './queries';
import type { ExportEmailsInput } from './schema';

const HEADER = [
  'id',
  'template',
  'language',
  'to',
  'subject',
  'state',
  'tries',
  'last answer',
  'service',
  'customer',
  'created',
  'sent',
];

/** The mails of a search and filter as a table, newest first; what was written in them stays here. */
export async function exportEmails(filter: ExportEmailsInput): Promise<ExportedList> {
  const { items, complete } = await readAllPages((cursor) => listEmails({ ...filter, cursor, limit: 100 }));
  const rows = items.map((item) => [
    item.id,
    item.template,
    item.language,
    item.to,
    item.subject,
    item.state,
    item.attempts,
    item.lastError,
    item.service?.domain ?? item.service?.id,
    item.customer?.name,
    item.createdAt,
    item.sentAt,
  ]);
  return { text: toCsv(HEADER, rows), rows: rows.length, complete };
}
