import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import type { ServiceStatus } from '@/generated/prisma/enums';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import type { NamedRef, OperationBrief, OperationDetail } from '../operations/operation-dto';
import { currentOperations, operationsOfService } from '../operations/queries';
import { readWish } from '../operations/wishes';
import { type Amount, toAmount } from '../usage/figures';
import { pageByUsage } from './page-by-usage';
import type { ServiceFilter } from './schema';

export interface ServiceListItem {
  id: string;
  domain: string | null;
  username: string | null;
  remoteId: string | null;
  status: ServiceStatus;
  moduleSlug: string;
  product: NamedRef;
  customer: { id: string; name: string; email: string };
  /** Where its account is, or is being made. */
  server: NamedRef | null;
  createdAt: string;
  activatedAt: string | null;
  /** Its customer can enter the panel by the button now. */
  canLogin: boolean;
  /** Something was asked while other work ran, and begins after it. */
  isWished: boolean;
  /** What its module can do at all. */
  supports: { suspend: boolean; unsuspend: boolean; terminate: boolean };
  /** Days between asking for a removal and doing it; null = at once. */
  terminateAfterDays: number | null;
  /** The unfinished operation, or the last one if it failed. */
  operation: OperationBrief | null;
  /** What it uses, as last measured; null = never measured. */
  usage: { disk: Amount; bandwidth: Amount } | null;
}

export interface ServiceDetail extends ServiceListItem {
  dedicatedIp: string | null;
  nameservers: string[];
  additionalData: Record<string, unknown>;
  configOptions: { optionId: string; quantity: number }[];
  suspendReason: string | null;
  /** Whether the account's password is stored; it is never part of an answer. */
  passwordKnown: boolean;
  placement: { server: NamedRef; reason: Record<string, unknown>; createdAt: string } | null;
  /** Newest first. */
  operations: OperationDetail[];
}

const SERVER = { select: { id: true, name: true } } as const;
const LIST_PARTS = {
  id: true,
  domain: true,
  username: true,
  remoteId: true,
  status: true,
  createdAt: true,
  activatedAt: true,
  wanted: true,
  product: {
    select: {
      id: true,
      name: true,
      terminateAfterDays: true,
      module: {
        select: {
          slug: true,
          supportsSSO: true,
          supportsSuspend: true,
          supportsUnsuspend: true,
          supportsTerminate: true,
        },
      },
    },
  },
  customer: { select: { id: true, name: true, email: true } },
  server: SERVER,
  placements: { where: { releasedAt: null }, take: 1, select: { server: SERVER } },
  usage: { select: { diskUsed: true, diskLimit: true, bandwidthUsed: true, bandwidthLimit: true } },
} as const satisfies Prisma.ServiceSelect;
const DETAIL_PARTS = {
  ...LIST_PARTS,
  password: true,
  dedicatedIp: true,
  nameservers: true,
  additionalData: true,
  configOptions: true,
  suspendReason: true,
  placements: { where: { releasedAt: null }, take: 1, select: { reason: true, createdAt: true, server: SERVER } },
} as const satisfies Prisma.ServiceSelect;

type ListRow = Prisma.ServiceGetPayload<{ select: typeof LIST_PARTS }>;
type DetailRow = Prisma.ServiceGetPayload<{ select: typeof DETAIL_PARTS }>;

const jsonObject = z.record(z.string(), z.unknown());
const chosenOptions = z.array(z.object({ optionId: z.string(), quantity: z.number() }));

/** Staff see every service, a customer their own, anybody else none. */
function visibleTo({ actor }: Ctx): Prisma.ServiceWhereInput {
  if (actor.type !== 'user' || actor.role !== 'CUSTOMER') return {};
  return { customerId: actor.customerId ?? '' };
}

const isCustomer = ({ actor }: Ctx) => actor.type === 'user' && actor.role === 'CUSTOMER';

export async function listServices(ctx: Ctx, input: ServiceFilter): Promise<Page<ServiceListItem>> {
  const { status, customerId, productId, serverId, search } = input;
  const where = {
    AND: [
      visibleTo(ctx),
      status ? { status } : {},
      customerId ? { customerId } : {},
      productId ? { productId } : {},
      serverId ? { serverId } : {},
      search ? matching(search) : {},
    ],
  };
  const { ids, nextCursor } = input.sort
    ? await pageByUsage(where, input.sort, input)
    : await newestFirst(where, input);
  // Work is read before what it leads to: a page that saw it end and the state before its end would stop asking.
  const operations = await currentOperations(ids);
  const rows = await db.service.findMany({ where: { id: { in: ids } }, select: LIST_PARTS });
  const byId = new Map(rows.map((row) => [row.id, forReader(ctx, toListItem(row, operations.get(row.id) ?? null))]));
  return { items: ids.flatMap((id) => byId.get(id) ?? []), nextCursor };
}

async function newestFirst(where: Prisma.ServiceWhereInput, { cursor, limit }: ServiceFilter) {
  const rows = await db.service.findMany({
    where: { AND: [where, after(readCursor(cursor))] },
    orderBy: NEWEST_FIRST,
    take: limit + 1,
    select: { id: true, createdAt: true },
  });
  const { items, nextCursor } = toPage(rows, limit);
  return { ids: items.map(({ id }) => id), nextCursor };
}

function matching(search: string): Prisma.ServiceWhereInput {
  const text = containing(search);
  return {
    OR: [
      { id: search },
      { domain: text },
      { username: text },
      { remoteId: text },
      { externalRef: search },
      { customer: { name: text } },
      { customer: { email: text } },
    ],
  };
}

/** One service, or NOT_FOUND: also when it is somebody else's, so that nobody learns which ids exist. */
export async function getService(ctx: Ctx, id: string): Promise<ServiceDetail> {
  const current = (await currentOperations([id])).get(id) ?? null;
  const operations = isCustomer(ctx) ? [] : await operationsOfService(id);
  const row = await db.service.findFirst({ where: { AND: [{ id }, visibleTo(ctx)] }, select: DETAIL_PARTS });
  if (!row) throw notFound('service');
  return forReader(ctx, toDetail(row, current, operations));
}

/** The same row as in lists, after an order was taken. */
export async function getServiceItem(ctx: Ctx, id: string): Promise<ServiceListItem> {
  const operation = (await currentOperations([id])).get(id) ?? null;
  const row = await db.service.findFirst({ where: { AND: [{ id }, visibleTo(ctx)] }, select: LIST_PARTS });
  if (!row) throw notFound('service');
  return forReader(ctx, toListItem(row, operation));
}

/** Customers learn how things stand, not what our servers and the panels behind them said. */
function forReader<Item extends ServiceListItem & { placement?: unknown }>(ctx: Ctx, item: Item): Item {
  if (!isCustomer(ctx)) return item;
  const operation = item.operation && { ...item.operation, reason: null };
  const hidden = {
    ...('placement' in item && { placement: null }),
    ...('suspendReason' in item && { suspendReason: null }),
  };
  return { ...item, operation, server: null, ...hidden };
}

function toListItem(row: ListRow, operation: OperationBrief | null): ServiceListItem {
  const { module } = row.product;
  return {
    id: row.id,
    domain: row.domain,
    username: row.username,
    remoteId: row.remoteId,
    status: row.status,
    moduleSlug: module.slug,
    product: { id: row.product.id, name: row.product.name },
    customer: row.customer,
    server: row.server ?? row.placements[0]?.server ?? null,
    createdAt: row.createdAt.toISOString(),
    activatedAt: row.activatedAt?.toISOString() ?? null,
    canLogin: row.status === 'ACTIVE' && row.server !== null && module.supportsSSO,
    supports: {
      suspend: module.supportsSuspend,
      unsuspend: module.supportsUnsuspend,
      terminate: module.supportsTerminate,
    },
    terminateAfterDays: row.product.terminateAfterDays,
    isWished: readWish(row.wanted) !== null,
    operation,
    usage: row.usage && {
      disk: toAmount(row.usage.diskUsed, row.usage.diskLimit),
      bandwidth: toAmount(row.usage.bandwidthUsed, row.usage.bandwidthLimit),
    },
  };
}

function toDetail(row: DetailRow, operation: OperationBrief | null, operations: OperationDetail[]): ServiceDetail {
  const placement = row.placements[0];
  return {
    ...toListItem(row, operation),
    dedicatedIp: row.dedicatedIp,
    nameservers: row.nameservers,
    additionalData: jsonObject.safeParse(row.additionalData).data ?? {},
    configOptions: chosenOptions.safeParse(row.configOptions).data ?? [],
    suspendReason: row.suspendReason,
    passwordKnown: row.password !== null,
    placement: placement
      ? {
          server: placement.server,
          reason: jsonObject.safeParse(placement.reason).data ?? {},
          createdAt: placement.createdAt.toISOString(),
        }
      : null,
    operations,
  };
}
