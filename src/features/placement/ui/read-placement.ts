import type { Other } from './other-servers';

export interface PlacementView {
  rule: string;
  winner: { server: string; used: number; limit: number | null } | null;
  others: Other[];
  /** How many of all that were not chosen there were for which reason; `more`: at least so many. */
  counts: Record<string, number>;
  more: boolean;
  /** With the one that was chosen. */
  total: number;
  /** A person named the server; with a reason when it was put over its limit. */
  byHand: { by: string; overrideReason: string | null } | null;
}

/** The stored reason of a choice; whatever an older version wrote is read as far as it fits. */
export function readPlacement(reason: Record<string, unknown>): PlacementView {
  const winner = recordOf(reason.winner);
  const byHand = recordOf(reason.byHand);
  const others = Array.isArray(reason.others) ? reason.others.map(recordOf) : [];
  return {
    rule: textOf(reason.rule),
    winner: winner && {
      server: textOf(winner.server),
      used: numberOf(winner.used) ?? 0,
      limit: numberOf(winner.limit),
    },
    others: others.flatMap((other) =>
      other
        ? [
            {
              serverId: textOf(other.serverId),
              server: textOf(other.server),
              why: textOf(other.why),
              used: numberOf(other.used) ?? undefined,
              limit: 'limit' in other ? numberOf(other.limit) : undefined,
            },
          ]
        : [],
    ),
    counts: Object.fromEntries(
      Object.entries(recordOf(reason.counts) ?? {}).flatMap(([why, count]) => {
        const number = numberOf(count);
        return number === null ? [] : [[why, number]];
      }),
    ),
    more: reason.more === true,
    total: numberOf(reason.total) ?? 0,
    byHand: byHand && { by: textOf(byHand.by), overrideReason: textOf(byHand.overrideReason) || null },
  };
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);
