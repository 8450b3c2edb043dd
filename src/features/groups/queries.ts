import type { ServerStatus } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { containing, listOrder, type Page } from '@/lib/keyset';
import type { ListInput } from '../lists/schema';
import { moduleName } from '../modules/queries';
import { type GroupCapacity, readCapacity, readSlots } from './read-capacity';

export interface GroupItem {
  id: string;
  name: string;
  fillType: string;
  servers: number;
  products: number;
  used: number;
  /** null = at least one server has no limit. */
  capacity: number | null;
  /** Slots that an order could have now: on servers that take new accounts; null = no end. */
  free: number | null;
}

export interface GroupMember {
  id: string;
  name: string;
  hostname: string;
  moduleName: string;
  status: ServerStatus;
  isDisabled: boolean;
  held: boolean;
  used: number;
  /** null = no limit. */
  limit: number | null;
}

export interface GroupDetail {
  id: string;
  name: string;
  fillType: string;
  /** In the group's order, at most 500; `servers` counts all. */
  members: GroupMember[];
  servers: number;
  /** By name, at most 100; `productCount` counts all. */
  products: { id: string; name: string; isActive: boolean }[];
  productCount: number;
  capacity: GroupCapacity;
}

const SHOWN_MEMBERS = 500;
const SHOWN_PRODUCTS = 100;
const present = { where: { archivedAt: null } } as const;

export async function listGroups(input: ListInput): Promise<Page<GroupItem>> {
  const order = listOrder(input);
  const rows = await db.serverGroup.findMany({
    where: { AND: [input.search ? { name: containing(input.search) } : {}, order.following] },
    orderBy: order.orderBy,
    take: input.limit + 1,
    include: { _count: { select: { servers: present, products: true } } },
  });
  const page = order.toPage(rows, input.limit);
  const slots = await readSlots(page.items.map(({ id }) => id));
  const items = page.items.map(({ id, name, fillType, _count }) => {
    const { used, limit, free } = slots.get(id) ?? { used: 0, limit: 0, free: 0 };
    return { id, name, fillType, servers: _count.servers, products: _count.products, used, capacity: limit, free };
  });
  return { ...page, items };
}

export async function getGroup(id: string): Promise<GroupDetail> {
  const row = await db.serverGroup.findUnique({
    where: { id },
    include: {
      servers: {
        ...present,
        orderBy: [{ groupPosition: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
        take: SHOWN_MEMBERS,
        include: { module: true },
      },
      products: {
        select: { id: true, name: true, isActive: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: SHOWN_PRODUCTS,
      },
      _count: { select: { servers: present, products: true } },
    },
  });
  if (!row) throw notFound('group');
  const members = row.servers.map((server) => ({
    id: server.id,
    name: server.name,
    hostname: server.hostname,
    moduleName: moduleName(server.module),
    status: server.status,
    isDisabled: server.isDisabled,
    held: server.heldAt !== null,
    used: server.accountCount + server.unknownCount,
    limit: server.maxAccounts,
  }));
  const { name, fillType, products } = row;
  return {
    id,
    name,
    fillType,
    members,
    servers: row._count.servers,
    products,
    productCount: row._count.products,
    capacity: await readCapacity(id),
  };
}
