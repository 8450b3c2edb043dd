import type { Prisma } from '@/generated/prisma/client';
import type { ServerStatus, ServerType } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import { getModule } from '@/modules/registry';
import { openFields } from '@/modules/sdk/fields';
import { moduleName } from '../modules/queries';
import type { ServerFilter } from './schema';
import { storedCredentials } from './server-access';

export interface ServerItem {
  id: string;
  name: string;
  hostname: string;
  ipAddress: string;
  type: ServerType;
  moduleSlug: string;
  moduleName: string;
  group: { id: string; name: string } | null;
  status: ServerStatus;
  isDisabled: boolean;
  held: { at: string; kind: string | null; reason: string | null; nextProbeAt: string | null } | null;
  /** null = no limit. */
  maxAccounts: number | null;
  accountCount: number;
  unknownCount: number;
  lastCheckedAt: string | null;
  version: string | null;
  archived: boolean;
  /** Connection settings that are no secret. */
  settings: Record<string, unknown>;
  createdAt: string;
}

const PARTS = { module: true, group: { select: { id: true, name: true } } } as const;
type Row = Prisma.ServerGetPayload<{ include: typeof PARTS }>;

export async function listServers(input: ServerFilter): Promise<Page<ServerItem>> {
  const { search, status, groupId, moduleSlug } = input;
  const rows = await db.server.findMany({
    where: {
      AND: [
        search
          ? { OR: [{ name: containing(search) }, { hostname: containing(search) }, { ipAddress: containing(search) }] }
          : {},
        input.archived ? {} : { archivedAt: null },
        status ? { status } : {},
        groupId ? { groupId } : {},
        moduleSlug ? { module: { slug: moduleSlug } } : {},
        after(readCursor(input.cursor)),
      ],
    },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: PARTS,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: await Promise.all(page.items.map(toItem)) };
}

export async function getServer(id: string): Promise<ServerItem> {
  const row = await db.server.findUnique({ where: { id }, include: PARTS });
  if (!row) throw notFound('server');
  return toItem(row);
}

async function toItem(row: Row): Promise<ServerItem> {
  return {
    id: row.id,
    name: row.name,
    hostname: row.hostname,
    ipAddress: row.ipAddress,
    type: row.type,
    moduleSlug: row.module.slug,
    moduleName: moduleName(row.module),
    group: row.group,
    status: row.status,
    isDisabled: row.isDisabled,
    held: row.heldAt && {
      at: row.heldAt.toISOString(),
      kind: row.heldKind,
      reason: row.heldReason,
      nextProbeAt: row.nextProbeAt?.toISOString() ?? null,
    },
    maxAccounts: row.maxAccounts,
    accountCount: row.accountCount,
    unknownCount: row.unknownCount,
    lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
    version: row.version,
    archived: row.archivedAt !== null,
    settings: await readableSettings(row),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Asked of the schema again: a field that became secret in a newer version of the module is hidden from then on. */
async function readableSettings(row: Row): Promise<Record<string, unknown>> {
  const stored = storedCredentials.safeParse(row.credentials);
  const module = await getModule(row.module.slug);
  return stored.success && module ? openFields(module.configSchema, stored.data.open) : {};
}
