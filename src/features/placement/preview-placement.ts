import { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { type FillType, ofTheProduct, readFillType, type Wanted, wantedBy, whyNot } from './candidates';
import type { OtherServer, PlacementReason } from './explain-placement';
import { freeSlots, type ReplayedOrder, type ReplayServer, replayPlacement } from './replay-placement';
import type { PreviewInput } from './schema';
import type { WhyNot } from './words';

export interface PreviewOrder {
  /** 1 = the next order. */
  number: number;
  winner: PlacementReason['winner'];
  /** The nearest rivals, then those that could not take it; only for the first orders. */
  others: OtherServer[];
  /** How many were passed over for which reason; only for the first orders. */
  counts: Record<string, number>;
}

export interface PlacementPreview {
  rule: FillType;
  group: { id: string; name: string } | null;
  orders: PreviewOrder[];
  /** Orders that would wait for room. */
  waiting: number;
  /** Orders until everything is full; null = at least one server has no limit. */
  free: number | null;
  /** Servers of the group (or of the product's module). */
  total: number;
  /** Who cannot take any now, in the group's order, at most 50. */
  refused: OtherServer[];
  counts: Record<string, number>;
}

const EXPLAINED_ORDERS = 50;
const SHOWN_RIVALS = 4;
const SHOWN_OTHERS = 8;
const SHOWN_REFUSED = 50;

/** Where the next orders would go, one after the other, if they came now. Reads one moment's state, locks and writes nothing. */
export async function previewPlacement(input: PreviewInput): Promise<PlacementPreview> {
  const { wanted, group, storedRule } = await readQuestion(input);
  const rule = readFillType(storedRule);
  const servers = await readServers(wanted);
  const refused = servers.filter(({ why }) => why !== 'behind');
  const orders: PreviewOrder[] = [];
  const placed = replayPlacement(servers, rule, input.count, (order, number) => {
    orders.push({ number, winner: order.winner, ...explain(order, refused, number) });
  });
  return {
    rule,
    group,
    orders,
    waiting: input.count - placed,
    free: freeSlots(servers),
    total: servers.length,
    refused: refused.slice(0, SHOWN_REFUSED).map((server) => toOther(server, server.why)),
    counts: tally(servers.map(({ why }) => why)),
  };
}

async function readQuestion({ productId, groupId }: PreviewInput) {
  if (productId !== undefined) {
    const product = await db.product.findUnique({ where: { id: productId }, include: { serverGroup: true } });
    if (!product) throw notFound('product');
    return {
      wanted: wantedBy(product, []),
      group: toGroup(product.serverGroup),
      storedRule: product.serverGroup?.fillType,
    };
  }
  const group = await db.serverGroup.findUnique({ where: { id: groupId ?? '' } });
  if (!group) throw notFound('group');
  const wanted: Wanted = {
    productId: null,
    moduleId: null,
    groupId: group.id,
    requiredTags: [],
    requiredType: null,
    avoid: [],
  };
  return { wanted, group: toGroup(group), storedRule: group.fillType };
}

const toGroup = (group: { id: string; name: string } | null) => group && { id: group.id, name: group.name };

async function readServers(wanted: Wanted): Promise<ReplayServer[]> {
  const rows = await db.$queryRaw<(Omit<ReplayServer, 'createdAt'> & { createdAt: Date })[]>(Prisma.sql`
    SELECT s."id" AS "serverId", s."name" AS "server", ${whyNot(wanted)} AS "why", s."accountCount", s."unknownCount",
      s."maxAccounts" AS "limit", s."groupPosition" AS "position", s."assignedSeq", s."createdAt"
    FROM "Server" s WHERE ${ofTheProduct(wanted)} ORDER BY s."groupPosition", s."id"`);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime() }));
}

function explain({ behind, filled }: ReplayedOrder, refused: readonly ReplayServer[], number: number) {
  if (number > EXPLAINED_ORDERS) return { others: [], counts: {} };
  const others = [
    ...behind.slice(0, SHOWN_RIVALS).map((server) => toOther(server, 'behind')),
    ...filled.slice(0, SHOWN_OTHERS).map((server) => toOther(server, 'full')),
    ...refused.slice(0, SHOWN_OTHERS).map((server) => toOther(server, server.why)),
  ];
  const counts = tally(refused.map(({ why }) => why));
  if (behind.length) counts.behind = behind.length;
  if (filled.length) counts.full = (counts.full ?? 0) + filled.length;
  return { others: others.slice(0, SHOWN_OTHERS), counts };
}

function toOther({ serverId, server, accountCount, unknownCount, limit }: ReplayServer, why: WhyNot): OtherServer {
  return { serverId, server, why, used: accountCount + unknownCount, limit };
}

function tally(words: readonly WhyNot[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
