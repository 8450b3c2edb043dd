export interface PlacementView {
  rule: string;
  winner: { server: string; used: number; limit: number | null } | null;
  others: { serverId: string; server: string; why: string }[];
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
      other ? [{ serverId: textOf(other.serverId), server: textOf(other.server), why: textOf(other.why) }] : [],
    ),
    byHand: byHand && { by: textOf(byHand.by), overrideReason: textOf(byHand.overrideReason) || null },
    total: numberOf(reason.total) ?? others.length + 1,
  };
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);
