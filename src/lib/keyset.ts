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

/** Where a page in another order ended: what the last row was sorted by, and which row it was. */
export interface SortedPosition {
  value: string;
  id: string;
}

const sortedContent = z.tuple([z.string(), z.string(), z.string().min(1).max(64)]);

export function toSortedCursor(sort: string, { value, id }: SortedPosition): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/** Reads a cursor of this order; null for the first page. Throws BAD_INPUT for anything else, a cursor of another order too. */
export function readSortedCursor(sort: string, cursor: string | undefined): SortedPosition | null {
  if (cursor === undefined) return null;
  try {
    const [by, value, id] = sortedContent.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (by === sort) return { value, id };
  } catch {
    // Said below.
  }
  throw noPosition();
}

export const noPosition = () =>
  badInput(['cursor'], 'This is no position in a list of this order. Leave it out to begin at the start.');

const BY_NAME: [{ name: 'asc' }, { id: 'asc' }] = [{ name: 'asc' }, { id: 'asc' }];

/** How to read one page of a list that is newest first, or from A to Z: what follows, in which order, and its page. */
export function listOrder({ sort, cursor }: { sort?: 'name' | undefined; cursor?: string | undefined }) {
  const pages: PageOf = sort === 'name' ? toNamePage : toPage;
  if (sort !== 'name') return { following: after(readCursor(cursor)), orderBy: NEWEST_FIRST, toPage: pages };
  const position = readSortedCursor(sort, cursor);
  return { following: position ? behindName(position) : {}, orderBy: BY_NAME, toPage: pages };
}

/** What both orders ask of a row, so that a caller need not know which one it got. */
type PageOf = <Row extends Position & { name: string }>(rows: Row[], limit: number) => Page<Row>;

function behindName({ value, id }: SortedPosition) {
  return { AND: [{ name: { gte: value } }, { OR: [{ name: { gt: value } }, { id: { gt: id } }] }] };
}

function toNamePage<Row extends { id: string; name: string }>(rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last;
  return { items, nextCursor: more ? toSortedCursor('name', { value: last.name, id: last.id }) : null };
}

/** A text that people typed, as part of an ILIKE pattern: their % and _ mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** "Contains", for Prisma: case does not matter, wildcards mean themselves. */
export function containing(text: string): { contains: string; mode: 'insensitive' } {
  return { contains: escapeLike(text), mode: 'insensitive' };
}
