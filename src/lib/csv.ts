type Cell = string | number | boolean | null | undefined;

/** A list as a file, and whether that is all of it. */
export interface ExportedList {
  text: string;
  rows: number;
  /** false = there is more than one file may hold. */
  complete: boolean;
}

/** Rows in one file: what a spreadsheet opens without complaint, and what one answer can carry. */
const MAX_EXPORT_ROWS = 10_000;

/** RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(toCell).join(',')).join('\r\n')}\r\n`;
}

/** Whoever typed the text must not have a spreadsheet run it: what would begin a formula becomes plain text. */
function toCell(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const text = escapeControls(String(value ?? ''));
  const safe = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Control characters, also those that turn the direction of writing, are told by their number. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Reads a paged list to its end, or as far as one file goes. */
export async function readAllPages<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  most = MAX_EXPORT_ROWS,
): Promise<{ items: Item[]; complete: boolean }> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return { items: items.slice(0, most), complete: cursor === undefined && items.length <= most };
}
