import ipaddr from 'ipaddr.js';
import { env } from '@/env';
import { logger } from './logger';
import { PEER_HEADER } from './peer-address';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/** Words that stand for several ranges; everything else is an address or a range in CIDR notation. */
const NAMED: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** The proxies that may say whom they speak for. Throws in words for what is neither an address nor a range. */
export function readTrustedProxies(setting: string): Range[] {
  return setting
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean)
    .flatMap((part) => NAMED[part] ?? [part])
    .map((part): Range => {
      const [address, bits] = ipaddr.isValidCIDR(part) ? ipaddr.parseCIDR(part) : [parse(part), null];
      if (!address) {
        throw new Error(
          `HYBLE_TRUSTED_PROXIES holds "${part}", which is neither an address nor a range. Use something like "loopback", "10.0.0.5" or "10.0.0.0/24", separated by commas.`,
        );
      }
      return [address, bits ?? (address.kind() === 'ipv4' ? 32 : 128)];
    });
}

/**
 * Where a request really comes from: the other end of its connection. Only when that is a proxy named in
 * HYBLE_TRUSTED_PROXIES does X-Forwarded-For count, read from the right: what stands left of the first address that is
 * no proxy of ours are the visitor's own words. null when the connection is not known (no server in front of us).
 */
export function clientAddress(headers: Headers, setting = env.HYBLE_TRUSTED_PROXIES): string | null {
  const peer = parse(headers.get(PEER_HEADER));
  if (!peer) return null;
  const trusted = readTrustedProxies(setting);
  const isProxy = (address: Address) =>
    trusted.some((range) => address.kind() === range[0].kind() && matches(address, range));
  const hops = headers.get('x-forwarded-for')?.split(',') ?? [];
  if (!isProxy(peer)) {
    tellUnusedHeader(peer, hops);
    return peer.toString();
  }
  let nearest = peer;
  for (const hop of hops.reverse()) {
    const address = parse(hop);
    // Nothing left of words that are no address can be believed either.
    if (!address) break;
    nearest = address;
    if (!isProxy(address)) break;
  }
  return nearest.toString();
}

/**
 * What limits count by: somebody with IPv6 has a whole network of addresses, so its first 64 bits stand for all.
 * 'unknown' is shared by all whose address nobody knows.
 */
export function addressForLimits(address: string | null): string {
  const parsed = parse(address);
  if (!parsed) return 'unknown';
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}

/** Tolerates what proxies write: brackets, ports, IPv4 inside IPv6. */
function parse(text: string | null): Address | null {
  const bare = text?.trim().replace(/^\[([^\]]+)\](:\d+)?$/, '$1') ?? '';
  const address = /^[\d.]+:\d+$/.test(bare) ? bare.replace(/:\d+$/, '') : bare;
  if (!ipaddr.IPv6.isValid(address) && !ipaddr.IPv4.isValidFourPartDecimal(address)) return null;
  return ipaddr.process(address);
}

function matches(address: Address, [network, bits]: Range): boolean {
  // The library's types do not know that both are of one kind, which is checked before.
  return (address as ipaddr.IPv4).match(network, bits);
}

const told = new Set<string>();

/** A proxy that nobody named makes all visitors look like one: limits would shut out everybody at once. */
function tellUnusedHeader(peer: Address, hops: string[]): void {
  const name = peer.toString();
  if (!['loopback', 'private', 'uniqueLocal'].includes(peer.range()) || hops.length === 0 || told.size > 0) return;
  if (hops.length === 1 && parse(hops[0] ?? null)?.toString() === name) return;
  told.add(name);
  logger.warn(
    { peer: name },
    'A proxy forwards visitors, but HYBLE_TRUSTED_PROXIES does not name it: all of them count as one address. See docs/running.md.',
  );
}
