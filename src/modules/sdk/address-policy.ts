import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** What an installation lets its panel calls reach. */
export interface AddressPolicy {
  /** Ranges that are open although they are not public, as `10.20.0.0/16`. */
  allowCidrs: readonly string[];
  /** Loopback is closed but for these ports (demo and tests). */
  allowLoopbackPorts: readonly number[];
  /** The program's own ports: refused on this machine whatever else is allowed. */
  forbiddenPorts: readonly number[];
}

/** Host names under which clouds hand out credentials to whoever asks from inside. */
const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
]);
const METADATA_ADDRESSES = new Set([
  '169.254.169.254',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);
const NEVER = new Set(['unspecified', 'linkLocal', 'multicast', 'broadcast']);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** IPv4 that travels inside an IPv6 address is judged as the IPv4 address it is. */
function unwrap(address: Address): Address {
  if (address.kind() === 'ipv4') return address;
  const six = address as ipaddr.IPv6; // kind() is the library's own discriminator but not a TypeScript one
  const bytes = six.toByteArray();
  const range = six.range();
  if (six.isIPv4MappedAddress()) return six.toIPv4Address();
  const last = new ipaddr.IPv4(bytes.slice(12));
  if (range === 'rfc6145' || range === 'rfc6052') return last;
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  const compatible = range !== 'loopback' && bytes.slice(0, 12).every((byte) => byte === 0);
  return compatible ? last : six;
}

function isInside(address: Address, cidr: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(cidr.trim());
  return network.kind() === address.kind() && address.match([network, bits]);
}

function isThisMachine(address: Address): boolean {
  const text = address.toString();
  return Object.values(networkInterfaces()).some((list) =>
    list?.some((entry) => ipaddr.isValid(entry.address) && ipaddr.parse(entry.address).toString() === text),
  );
}

/**
 * Why an address may not be dialled, in words for the server form; null = it may.
 * `plain` = without TLS, which is for this machine and private networks only.
 */
export function refuseAddress(text: string, port: number, policy: AddressPolicy, plain = false): string | null {
  if (!ipaddr.isValid(text)) return `${text} is not an IP address.`;
  const address = unwrap(ipaddr.parse(text));
  const name = address.toString();
  const range = address.range();
  if (METADATA_ADDRESSES.has(name) || NEVER.has(range)) {
    return `${name} is a ${METADATA_ADDRESSES.has(name) ? 'cloud metadata' : range} address. No panel lives there, so it is never called.`;
  }
  if (policy.forbiddenPorts.includes(port) && (range === 'loopback' || isThisMachine(address))) {
    return `${name}:${port} is this program itself. Enter the address of the panel.`;
  }
  if (range === 'loopback') {
    if (policy.allowLoopbackPorts.includes(port)) return null;
    return `${name}:${port} is this machine. Calls to it are refused unless OUTBOUND_ALLOW_LOOPBACK_PORTS names port ${port}.`;
  }
  const opened = policy.allowCidrs.some((cidr) => isInside(address, cidr));
  if (range !== 'unicast' && !opened) {
    return `${name} is a ${range} address, not a public one. Set OUTBOUND_ALLOW_CIDRS to a range that holds it if the panel is there.`;
  }
  if (plain && range === 'unicast' && !opened) {
    return `${name} is a public address and the connection is not encrypted. Use https, or a panel on a private network.`;
  }
  return null;
}

/** Why a host name may not be resolved at all; null = it may. */
export function refuseHostname(hostname: string): string | null {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (!METADATA_NAMES.has(name)) return null;
  return `${name} is a cloud metadata service. No panel lives there, so it is never called.`;
}

/** A list of ranges from a setting; throws with the entry that is no range. */
export function parseCidrs(text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter(Boolean).map((entry) => {
    if (!ipaddr.isValidCIDR(entry))
      throw new Error(`OUTBOUND_ALLOW_CIDRS: "${entry}" is no range such as 10.20.0.0/16.`);
    return entry;
  });
}
