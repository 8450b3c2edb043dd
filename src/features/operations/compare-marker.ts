import type { ProofPolicy, RemoteAccount } from '@/modules/sdk/contract';

export interface Marker {
  serviceId: string;
  username: string | null;
  domain: string | null;
  /** The login under which this server's accounts are created, where the panel tells owners. */
  owner?: string | null;
}

export type MarkerVerdict = { ours: true } | { ours: false; found: string };

/** Panel clocks are corrected by their Date header, but never exact. */
const CLOCK_SLACK_MS = 5 * 60_000;

const same = (a: string | null | undefined, b: string | null | undefined) =>
  (a ?? '').toLowerCase() === (b ?? '').toLowerCase();

/**
 * Is the account that the panel showed us the one that this service's create made?
 * `sentAt`: when this operation itself first sent that create; without it nothing found is ever ours.
 */
export function compareMarker(
  proof: ProofPolicy,
  marker: Marker,
  account: RemoteAccount,
  sentAt: Date | null,
): MarkerVerdict {
  const described = describeAccount(account);
  if (sentAt === null) return { ours: false, found: `${described}, there before anything was sent` };
  if (proof === 'external-id') {
    return account.externalId === marker.serviceId ? { ours: true } : { ours: false, found: described };
  }
  if (!same(account.username ?? account.remoteId, marker.username)) return { ours: false, found: described };
  if (marker.domain !== null && !same(account.domain, marker.domain)) return { ours: false, found: described };
  if (marker.owner && account.owner !== undefined && !same(account.owner, marker.owner)) {
    return { ours: false, found: described };
  }
  if (!account.createdAt || account.createdAt.getTime() < sentAt.getTime() - CLOCK_SLACK_MS) {
    return { ours: false, found: `${described}, created before this order was sent` };
  }
  return { ours: true };
}

function describeAccount(account: RemoteAccount): string {
  const facts = [
    account.username ?? account.remoteId,
    account.domain && `domain ${account.domain}`,
    account.externalId && `external id ${account.externalId}`,
    account.owner && `owner ${account.owner}`,
    account.createdAt && `created ${account.createdAt.toISOString()}`,
  ].filter(Boolean);
  return facts.join(', ').slice(0, 400);
}
