import { db } from '@/lib/db';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import type { ListInput } from '../lists/schema';

export interface GroupItem {
  id: string;
  name: string;
  fillType: string;
  servers: number;
  used: number;
  /** null = at least one server has no limit. */
  capacity: number | null;
}

const SERVERS = {
  servers: { where: { archivedAt: null }, select: { accountCount: true, maxAccounts: true } },
} as const;

export async function listGroups(input: ListInput): Promise<Page<GroupItem>> {
  const rows = await db.serverGroup.findMany({
    where: { AND: [input.search ? { name: containing(input.search) } : {}, after(readCursor(input.cursor))] },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: SERVERS,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: page.items.map(toItem) };
}

interface Row {
  id: string;
  name: string;
  fillType: string;
  servers: { accountCount: number; maxAccounts: number | null }[];
}

function toItem({ id, name, fillType, servers }: Row): GroupItem {
  const used = servers.reduce((sum, server) => sum + server.accountCount, 0);
  const capacity = servers.reduce<number | null>(
    (sum, { maxAccounts }) => (sum === null || maxAccounts === null ? null : sum + maxAccounts),
    0,
  );
  return { id, name, fillType, servers: servers.length, used, capacity };
}
