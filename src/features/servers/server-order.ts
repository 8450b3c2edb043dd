import { listOrder, noPosition, type Page, type Position, readSortedCursor, toSortedCursor } from '@/lib/keyset';
import type { ServerFilter } from './schema';

const MOST_FIRST: [{ accountCount: 'desc' }, { id: 'desc' }] = [{ accountCount: 'desc' }, { id: 'desc' }];

/** How to read one page of the servers: newest first, from A to Z, or those with most accounts first. */
export function serverOrder({ sort, cursor }: Pick<ServerFilter, 'sort' | 'cursor'>) {
  if (sort !== 'accounts') {
    const { toPage, ...order } = listOrder({ sort, cursor });
    const pages: PageOf = toPage;
    return { ...order, toPage: pages };
  }
  const pages: PageOf = toCountPage;
  return { following: behindCount(cursor), orderBy: MOST_FIRST, toPage: pages };
}

type PageOf = <Row extends Position & { name: string; accountCount: number }>(rows: Row[], limit: number) => Page<Row>;

function behindCount(cursor: string | undefined) {
  const position = readSortedCursor('accounts', cursor);
  if (!position) return {};
  const accountCount = Number(position.value);
  if (!Number.isInteger(accountCount)) throw noPosition();
  return { OR: [{ accountCount: { lt: accountCount } }, { accountCount, id: { lt: position.id } }] };
}

function toCountPage<Row extends { id: string; accountCount: number }>(rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last;
  return {
    items,
    nextCursor: more ? toSortedCursor('accounts', { value: String(last.accountCount), id: last.id }) : null,
  };
}
