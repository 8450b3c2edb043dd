import type { ServerModule } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import { getModule } from '@/modules/registry';
import type { ListInput } from '../lists/schema';
import { type Capabilities, capabilitiesOf } from './capabilities';

export interface ModuleItem {
  id: string;
  slug: string;
  name: string;
  type: string;
  version: string;
  description: string;
  isActive: boolean;
  capabilities: Capabilities;
  serverCount: number;
  productCount: number;
}

const COUNTS = { _count: { select: { servers: { where: { archivedAt: null } }, products: true } } } as const;
type Row = ServerModule & { _count: { servers: number; products: number } };

/** The name that people see: staff's own, else the module's. */
export function moduleName(module: { name: string; displayName: string | null }): string {
  return module.displayName ?? module.name;
}

export async function listModuleItems(input: ListInput): Promise<Page<ModuleItem>> {
  const where = input.search ? { OR: [{ name: containing(input.search) }, { slug: containing(input.search) }] } : {};
  const rows = await db.serverModule.findMany({
    where: { AND: [where, after(readCursor(input.cursor))] },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: COUNTS,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: await Promise.all(page.items.map(toItem)) };
}

export async function getModuleItem(id: string): Promise<ModuleItem> {
  const row = await db.serverModule.findUnique({ where: { id }, include: COUNTS });
  if (!row) throw notFound('module');
  return toItem(row);
}

async function toItem(row: Row): Promise<ModuleItem> {
  const module = await getModule(row.slug);
  return {
    id: row.id,
    slug: row.slug,
    name: moduleName(row),
    type: row.type,
    version: row.version,
    description: row.description,
    isActive: row.isActive,
    capabilities: module ? capabilitiesOf(module) : storedCapabilities(row),
    serverCount: row._count.servers,
    productCount: row._count.products,
  };
}

/** A module whose code is gone: what it last said of itself. */
function storedCapabilities(row: ServerModule): Capabilities {
  return {
    suspend: row.supportsSuspend,
    unsuspend: row.supportsUnsuspend,
    terminate: row.supportsTerminate,
    changePassword: false,
    changePackage: false,
    usage: row.supportsUsage,
    sso: row.supportsSSO,
    adminSso: false,
    lookUp: false,
    listAccounts: false,
    actions: [],
  };
}
