import type { FillType } from './candidates';
import type { WhyNot } from './words';

/** A server as the dry run sees it. `why` is 'behind' while it could take one more. */
export interface ReplayServer {
  serverId: string;
  server: string;
  why: WhyNot;
  accountCount: number;
  unknownCount: number;
  limit: number | null;
  position: number;
  assignedSeq: bigint;
  createdAt: number;
}

export interface ReplayedOrder {
  winner: { serverId: string; server: string; used: number; limit: number | null };
  /** The ones it was chosen from, best first, before the slot was taken; the winner is not among them. */
  behind: readonly ReplayServer[];
  /** Those that became full during the replay, up to this order. */
  filled: readonly ReplayServer[];
}

const usedOf = (server: ReplayServer) => server.accountCount + server.unknownCount;
const isFull = (server: ReplayServer) => server.limit !== null && usedOf(server) >= server.limit;
/** Servers without a limit come after all others; a server with limit 0 can take nothing and is never compared. */
const shareOf = (server: ReplayServer) =>
  server.limit === null ? Number.POSITIVE_INFINITY : usedOf(server) / server.limit;

const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Infinity minus Infinity is no number. */
const numberOrder = (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0);

type Order = (a: ReplayServer, b: ReplayServer) => number;
const older: Order = (a, b) => numberOrder(a.createdAt, b.createdAt) || textOrder(a.serverId, b.serverId);
const fewer: Order = (a, b) => numberOrder(a.accountCount, b.accountCount);
const lowerShare: Order = (a, b) => numberOrder(shareOf(a), shareOf(b));

/** The same order as `bestFirst` in candidates.ts; a test places random groups for real and compares. */
const ORDERS: Record<FillType, Order> = {
  fill: (a, b) => fewer(a, b) || lowerShare(a, b) || older(a, b),
  'round-robin': (a, b) => numberOrder(a.assignedSeq, b.assignedSeq) || older(a, b),
  pack: (a, b) => numberOrder(a.position, b.position) || older(a, b),
  balanced: (a, b) => lowerShare(a, b) || fewer(a, b) || older(a, b),
};

/**
 * Plays `count` orders, one after the other, on copies: where each would go. Calls `onOrder` for each that finds room and
 * answers how many did. Nothing is read or written elsewhere.
 */
export function replayPlacement(
  servers: readonly ReplayServer[],
  rule: FillType,
  count: number,
  onOrder: (order: ReplayedOrder, number: number) => void,
): number {
  const order = ORDERS[rule];
  const open = servers.filter(({ why }) => why === 'behind').map((server) => ({ ...server }));
  open.sort(order);
  const filled: ReplayServer[] = [];
  let nextSeq = 0n;
  for (const { assignedSeq } of servers) if (assignedSeq > nextSeq) nextSeq = assignedSeq;
  for (let number = 1; number <= count; number++) {
    const best = open.shift();
    if (!best) return number - 1;
    nextSeq += 1n;
    best.accountCount += 1;
    best.assignedSeq = nextSeq;
    const { serverId, server, limit } = best;
    onOrder({ winner: { serverId, server, used: usedOf(best), limit }, behind: open, filled }, number);
    if (isFull(best)) filled.push(best);
    else open.splice(placeFor(open, best, order), 0, best);
  }
  return count;
}

/** Where the server belongs in a list that is in order. */
function placeFor(sorted: readonly ReplayServer[], server: ReplayServer, order: Order): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other && order(other, server) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many more all of them together can take; null = there is no end. */
export function freeSlots(servers: readonly ReplayServer[]): number | null {
  let free = 0;
  for (const server of servers) {
    if (server.why !== 'behind') continue;
    if (server.limit === null) return null;
    free += server.limit - usedOf(server);
  }
  return free;
}
