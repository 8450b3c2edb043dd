import { type Figures, readFigures } from './figures';

/** A service that holds a slot on the server, as its panel may know it. */
export interface KnownService {
  id: string;
  remoteId: string | null;
  username: string | null;
  domain: string | null;
  /** Whether its account is there and its figures are kept: ACTIVE and SUSPENDED. */
  measured: boolean;
}

/** What stands in a panel's list to tell whose a line is. */
interface Listed {
  remoteId?: unknown;
  username?: unknown;
  domain?: unknown;
  externalId?: unknown;
}

export interface Matched {
  figures: Map<string, Figures>;
  /** Lines that carry one of our names and somebody else's external id or domain. */
  foreign: number;
  /** Lines of ours whose figures are no figures. */
  unreadable: number;
  /** Lines that no service of ours stands for. */
  unknown: number;
  listed: number;
}

/** Finds the service behind each line of a panel's list. A name alone does not make an account ours: names repeat from panel to panel. */
export function matchAccounts(services: readonly KnownService[], lines: readonly unknown[]): Matched {
  const find = finder(services);
  const result: Matched = { figures: new Map(), foreign: 0, unreadable: 0, unknown: 0, listed: lines.length };
  for (const line of lines) {
    const listed: Listed = typeof line === 'object' && line !== null ? line : {};
    const service = find(listed);
    if (!service) {
      result.unknown += 1;
    } else if (contradicts(service, listed)) {
      result.foreign += 1;
      result.unknown += 1;
    } else if (service.measured) {
      const figures = readFigures(line);
      if (figures) result.figures.set(service.id, figures);
      else result.unreadable += 1;
    }
  }
  return result;
}

function finder(services: readonly KnownService[]) {
  const id = new Map(services.map((service) => [service.id as unknown, service]));
  const remoteId = byUnique(services, (service) => service.remoteId);
  const username = byUnique(services, (service) => service.username);
  const domain = byUnique(services, (service) => service.domain?.toLowerCase() ?? null);
  return (listed: Listed): KnownService | undefined =>
    id.get(listed.externalId) ??
    remoteId.get(listed.remoteId) ??
    username.get(listed.username) ??
    // A domain is asked last and only where the panel gave no name at all.
    (listed.remoteId === undefined && listed.username === undefined && typeof listed.domain === 'string'
      ? domain.get(listed.domain.toLowerCase())
      : undefined);
}

/** Where one login serves several services, it tells nothing about which of them a line is. */
function byUnique(services: readonly KnownService[], key: (service: KnownService) => string | null) {
  const found = new Map<unknown, KnownService | undefined>();
  for (const service of services) {
    const value = key(service);
    if (value) found.set(value, found.has(value) ? undefined : service);
  }
  return found;
}

function contradicts(service: KnownService, listed: Listed): boolean {
  if (typeof listed.externalId === 'string' && listed.externalId !== '') return listed.externalId !== service.id;
  if (typeof listed.domain !== 'string' || listed.domain === '' || service.domain === null) return false;
  return listed.domain.toLowerCase() !== service.domain.toLowerCase();
}
