import type { Prisma } from '@/generated/prisma/client';
import type { ServerStatus, ServerType } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { containing, type Page } from '@/lib/keyset';
import { getModule } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { openFields } from '@/modules/sdk/fields';
import { moduleName } from '../modules/queries';
import { keepableSecrets, openStoredSettings } from './connection-settings';
import { type LoginHost, loginHosts } from './login-hosts';
import type { ServerFilter } from './schema';
import { storedCredentials, trustOf } from './server-access';
import { serverOrder } from './server-order';

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
  /** Changing calls at one time, and how many there may be. */
  running: number;
  maxParallel: number;
  lastCheckedAt: string | null;
  lastCheck: { ok: boolean; latencyMs: number } | null;
  version: string | null;
  archived: boolean;
  /** Connection settings that are no secret. */
  settings: Record<string, unknown>;
  createdAt: string;
}

export interface ServerDetail extends ServerItem {
  moduleId: string;
  groupPosition: number;
  tags: string[];
  /** Public keys that are trusted instead of the public authorities. */
  pins: string[];
  hasOwnAuthority: boolean;
  /** Whether its module can log staff in to the panel itself. */
  canOpenPanel: boolean;
  /** Where one-time links may lead; [] where the module is not there. */
  loginHosts: LoginHost[];
  /** Paths of settings that are stored and never shown. */
  kept: string[];
  /** Services that have not ended. */
  serviceCount: number;
}

const PARTS = { module: true, group: { select: { id: true, name: true } } } as const;
type Row = Prisma.ServerGetPayload<{ include: typeof PARTS }>;

export async function listServers(input: ServerFilter): Promise<Page<ServerItem>> {
  const { search, status, groupId, moduleSlug } = input;
  const order = serverOrder(input);
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
        input.state ? await inState(input.state) : {},
        order.following,
      ],
    },
    orderBy: order.orderBy,
    take: input.limit + 1,
    include: PARTS,
  });
  const page = order.toPage(rows, input.limit);
  return { ...page, items: await toItems(page.items) };
}

async function inState(state: 'full' | 'held' | 'disabled'): Promise<Prisma.ServerWhereInput> {
  if (state === 'held') return { heldAt: { not: null } };
  if (state === 'disabled') return { isDisabled: true };
  // The sum of two columns is more than the query builder can compare with a third.
  const full = await db.$queryRaw<{ id: string }[]>`SELECT "id" FROM "Server"
    WHERE "archivedAt" IS NULL AND "accountCount" + "unknownCount" >= "maxAccounts"`;
  return { id: { in: full.map(({ id }) => id) } };
}

/** A server with everything its own page and form need. */
export async function getServerDetail(id: string): Promise<ServerDetail> {
  const row = await db.server.findUnique({ where: { id }, include: PARTS });
  if (!row) throw notFound('server');
  const [item] = await toItems([row]);
  if (!item) throw notFound('server');
  const trust = trustOf(row.tlsTrust);
  const module = await getModule(row.module.slug);
  return {
    ...item,
    moduleId: row.moduleId,
    groupPosition: row.groupPosition,
    tags: row.tags,
    pins: [...(trust?.pins ?? [])],
    hasOwnAuthority: trust?.ca !== undefined,
    canOpenPanel: module?.getAdminSSOUrl !== undefined && row.archivedAt === null,
    loginHosts: module ? loginHosts(module, row, await parsedSettings(module, row)) : [],
    kept: module && row.archivedAt === null ? await keptPaths(module, row) : [],
    serviceCount: await db.service.count({ where: { serverId: id, status: { notIn: ['TERMINATED', 'CANCELLED'] } } }),
  };
}

/** null where they cannot be opened here: then it is not known where calls go. */
async function parsedSettings(module: ServerModuleInterface, row: Row): Promise<unknown> {
  if (row.archivedAt !== null) return null;
  try {
    return module.configSchema.safeParse(await openStoredSettings(row)).data ?? null;
  } catch {
    return null;
  }
}

/** Where a secret is stored. Settings that cannot be opened here have none that could be kept. */
async function keptPaths(module: ServerModuleInterface, row: Row): Promise<string[]> {
  try {
    return keepableSecrets(module, await openStoredSettings(row));
  } catch {
    return [];
  }
}

/** Rows with what other tables say about them, each asked once for all. */
async function toItems(rows: Row[]): Promise<ServerItem[]> {
  const ids = rows.map(({ id }) => id);
  const running = await db.panelSlot.groupBy({
    by: ['serverId'],
    where: { serverId: { in: ids }, leaseUntil: { gt: new Date() } },
    _count: true,
  });
  const checks = await db.$queryRaw<{ serverId: string; ok: boolean; latencyMs: number }[]>`
    SELECT c."serverId", c."ok", c."latencyMs" FROM unnest(${ids}::text[]) AS wanted(id)
    CROSS JOIN LATERAL (SELECT * FROM "ServerCheck" WHERE "serverId" = wanted.id ORDER BY "at" DESC LIMIT 1) c`;
  return Promise.all(
    rows.map(async (row) => ({
      ...(await toItem(row)),
      running: running.find(({ serverId }) => serverId === row.id)?._count ?? 0,
      lastCheck: checks.find(({ serverId }) => serverId === row.id) ?? null,
    })),
  );
}

async function toItem(row: Row): Promise<Omit<ServerItem, 'running' | 'lastCheck'>> {
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
    maxParallel: row.maxParallel,
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
