import type {
  AccountUsage,
  CreateResult,
  ModuleContext,
  ModuleServer,
  ModuleService,
  PackageRef,
  RemoteAccount,
  ServerInfo,
  UsageData,
} from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { contextOf } from '@/modules/sdk/require-context';
import type { Created, GameServer, PickaxeUsage } from './answers';
import { pickaxeClient } from './client';
import { DEFAULT_GAME, pickaxeConfig, pickaxeSettings } from './config';
import { DEFAULT_SIZES, type Size } from './policies';

export function openPickaxe(server: ModuleServer, ctx: ModuleContext | undefined) {
  return pickaxeClient(contextOf(ctx).http, pickaxeConfig.parse(server.credentials));
}

/** Pickaxe's id of a service's game server; it is the user name as well. */
export function serverIdOf(service: ModuleService): string {
  const known = service.remoteId ?? service.username;
  if (known) return known;
  throw new ModuleError({
    kind: 'unsupported',
    outcome: 'not-done',
    words: 'This service has no game server yet: its create has not succeeded. Finish or retry it first.',
  });
}

type Order = Pick<PackageRef, 'configOptions' | 'moduleSettings'>;

function sizeOf(order: Order, size: Size): number {
  const wanted = order.configOptions.find((option) => option.optionId === size)?.quantity ?? DEFAULT_SIZES[size];
  if (Number.isSafeInteger(wanted) && wanted > 0) return wanted;
  throw new ModuleError({
    kind: 'invalid-input',
    outcome: 'not-done',
    field: `configOptions.${size}`,
    words: `The order asks for ${wanted} of ${size}; a whole number above 0 is needed. Nothing was sent.`,
  });
}

function sizesOf(order: Order) {
  return { ram: sizeOf(order, 'ram'), cpu: sizeOf(order, 'cpu'), disk: sizeOf(order, 'disk') };
}

function gameOf(order: Order): string {
  const { game } = order.moduleSettings;
  const parsed = pickaxeSettings.safeParse({ game: game ?? DEFAULT_GAME });
  if (parsed.success) return parsed.data.game;
  throw new ModuleError({
    kind: 'invalid-input',
    outcome: 'not-done',
    field: 'product.moduleSettings.game',
    words: 'The game of this product is not a short name such as minecraft. Correct the product. Nothing was sent.',
  });
}

function resultOf(server: Created | GameServer): CreateResult {
  const { serverId, ip, port, ftpPort } = server;
  return {
    remoteId: serverId,
    username: serverId,
    ...(ip ? { dedicatedIp: ip } : {}),
    additionalData: { ...(port == null ? {} : { port }), ...(ftpPort == null ? {} : { ftpPort }) },
  };
}

const STATUSES: Record<string, RemoteAccount['status']> = {
  running: 'active',
  stopped: 'active',
  starting: 'active',
  stopping: 'active',
  suspended: 'suspended',
  installing: 'building',
  failed: 'failed',
};

function accountOf(server: GameServer): RemoteAccount {
  const createdAt = server.createdAt ? new Date(server.createdAt) : null;
  return {
    remoteId: server.serverId,
    username: server.serverId,
    // A server without a domain is called server-<id>; that is no domain.
    ...(server.name?.includes('.') ? { domain: server.name } : {}),
    ...(server.externalId ? { externalId: server.externalId } : {}),
    ...(createdAt && !Number.isNaN(createdAt.getTime()) ? { createdAt } : {}),
    ...(server.game ? { plan: server.game } : {}),
    status: STATUSES[server.status] ?? 'unknown',
    result: resultOf(server),
  };
}

export async function createServer(service: ModuleService, server: ModuleServer, ctx?: ModuleContext) {
  const order = { configOptions: service.configOptions, moduleSettings: service.product.moduleSettings };
  const created = await openPickaxe(server, ctx).createServer({
    name: service.domain ?? `server-${service.id}`,
    game: gameOf(order),
    ...sizesOf(order),
    externalId: service.id,
  });
  return resultOf(created);
}

export async function findAccount(
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<RemoteAccount | null> {
  const pickaxe = openPickaxe(server, ctx);
  if (service.remoteId === null) {
    // A panel that ignores the filter answers with everybody's servers.
    const ours = (await pickaxe.findServers(service.id)).find((found) => found.externalId === service.id);
    return ours ? accountOf(ours) : null;
  }
  try {
    return accountOf(await pickaxe.getServer(service.remoteId));
  } catch (error) {
    if (error instanceof ModuleError && error.kind === 'not-found') return null;
    throw error;
  }
}

export async function* listAccounts(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<RemoteAccount> {
  for await (const found of openPickaxe(server, ctx).listServers()) yield accountOf(found);
}

type Measured = PickaxeUsage['disk'];
const used = (value: Measured) => value?.used ?? Number.NaN;
/** Measured without a limit = unlimited; not measured at all = unknown. */
const limit = (value: Measured) => (value ? (value.limit ?? Number.POSITIVE_INFINITY) : Number.NaN);

function usageOf(usage: PickaxeUsage): UsageData {
  return {
    diskUsed: used(usage.disk),
    diskLimit: limit(usage.disk),
    bandwidthUsed: used(usage.network),
    bandwidthLimit: limit(usage.network),
    ...(usage.cpu == null ? {} : { cpuPercent: usage.cpu }),
    ...(usage.memory ? { memoryUsed: used(usage.memory), memoryLimit: limit(usage.memory) } : {}),
  };
}

export async function readUsage(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<UsageData> {
  return usageOf(await openPickaxe(server, ctx).getUsage(serverIdOf(service)));
}

export async function* listUsage(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<AccountUsage> {
  for await (const usage of openPickaxe(server, ctx).listUsage()) {
    if (!usage.serverId) continue;
    yield {
      ...usageOf(usage),
      remoteId: usage.serverId,
      username: usage.serverId,
      ...(usage.externalId ? { externalId: usage.externalId } : {}),
    };
  }
}

export async function resize(
  service: ModuleService,
  server: ModuleServer,
  change: { from: PackageRef; to: PackageRef },
  ctx?: ModuleContext,
): Promise<true> {
  if (gameOf(change.from) !== gameOf(change.to)) {
    throw new ModuleError({
      kind: 'unsupported',
      outcome: 'not-done',
      field: 'product.moduleSettings.game',
      words: 'A game server cannot change its game. Order a new one and terminate this one. Nothing was sent.',
    });
  }
  await openPickaxe(server, ctx).resizeServer(serverIdOf(service), sizesOf(change.to));
  return true;
}

export async function readServerInfo(server: ModuleServer, ctx?: ModuleContext): Promise<ServerInfo> {
  const { version, servers } = await openPickaxe(server, ctx).health();
  return { version: version ?? null, accountCount: servers ?? null };
}
