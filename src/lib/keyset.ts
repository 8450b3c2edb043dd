import { z } from 'zod';
import { badInput } from './errors';

/** Where a page ended: the newest-first position of its last row. */
export interface Position {
  createdAt: Date;
  id: string;
}

export interface Page<Item> {
  items: Item[];
  /** Opaque; handed back to get what follows. null = that was all. */
  nextCursor: string | null;
}

const cursorContent = z.tuple([z.iso.datetime(), z.string().min(1).max(64)]);

export function toCursor({ createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url');
}

/** Reads a cursor of ours; null for the first page. Throws BAD_INPUT for anything else. */
export function readCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  try {
    const [createdAt, id] = cursorContent.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { createdAt: new Date(createdAt), id };
  } catch {
    throw badInput(['cursor'], 'This is no position in a list. Leave it out to begin at the start.');
  }
}

/** Rows after a position, newest first. Written so that PostgreSQL walks the index (createdAt, id) from there. */
export function after(position: Position | null) {
  if (!position) return {};
  const { createdAt, id } = position;
  return { AND: [{ createdAt: { lte: createdAt } }, { OR: [{ createdAt: { lt: createdAt } }, { id: { lt: id } }] }] };
}

export const NEWEST_FIRST: [{ createdAt: 'desc' }, { id: 'desc' }] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** Makes a page of rows that were read with `take: limit + 1`: the one too many only says that there is more. */
export function toPage<Row extends Position>(rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? toCursor(last) : null };
}

/** A text that people typed, as part of an ILIKE pattern: their % and _ mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** "Contains", for Prisma: case does not matter, wildcards mean themselves. */
export function containing(text: string): { contains: string; mode: 'insensitive' } {
  return { contains: escapeLike(text), mode: 'insensitive' };
}
