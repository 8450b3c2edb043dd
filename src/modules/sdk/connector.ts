import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Agent, buildConnector } from 'undici';
import { type AddressPolicy, refuseAddress, refuseHostname } from './address-policy';
import { hostOf } from './panel-url';
import { certificateWords, refuseCertificate, type TlsTrust, tlsOptions } from './tls-trust';

/** Host name to addresses. Tests inject their own; a test never dials what it resolved to elsewhere. */
export type Resolver = (hostname: string) => Promise<{ address: string; family: number }[]>;

export interface DialOptions {
  policy: AddressPolicy;
  trust?: TlsTrust;
  connectMs: number;
  resolver?: Resolver;
}

/** The connection did not come about, so nothing was sent. */
export class DialError extends Error {
  override readonly name = 'DialError';
  constructor(
    readonly reason: 'policy' | 'unreachable',
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

const resolveBySystem: Resolver = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Where a host may be dialled. A literal is its own only address; a name is resolved once and every address judged. */
export async function checkedAddresses(
  hostname: string,
  port: number,
  plain: boolean,
  options: Pick<DialOptions, 'policy' | 'resolver'>,
): Promise<{ address: string; family: number }[]> {
  const literal = refuseLiteral(hostname, port, plain, options.policy);
  if (literal) throw literal;
  const family = isIP(hostname);
  if (family) return [{ address: hostname, family }];
  const name = refuseHostname(hostname);
  if (name) throw new DialError('policy', name, 'HYBLE_POLICY');
  const found = await (options.resolver ?? resolveBySystem)(hostname);
  if (found.length === 0) throw Object.assign(new Error('No address'), { code: 'ENOTFOUND' });
  for (const { address } of found) {
    // One bad address refuses the whole name: whoever mixes them in is not to be trusted with the good ones.
    const refusal = refuseAddress(address, port, options.policy, plain);
    if (refusal)
      throw new DialError('policy', `${hostname} leads to an address that is refused: ${refusal}`, 'HYBLE_POLICY');
  }
  return found;
}

/** net.connect asks this for the addresses and dials exactly what it answers: there is no second look-up to rebind. */
function policyLookup(port: number, plain: boolean, options: DialOptions): LookupFunction {
  return (hostname, { all }, callback) => {
    checkedAddresses(hostname, port, plain, options).then(
      (found) => {
        const first = found[0];
        if (all) callback(null, found);
        else if (first) callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

const UNREACHABLE_WORDS: Record<string, string> = {
  ECONNREFUSED: 'refused the connection. Is the panel running, and is the port right?',
  ENOTFOUND: 'has no address: the host name does not resolve. Check its spelling and your name server.',
  EAI_AGAIN: 'could not be resolved: the name server did not answer. Try again shortly.',
  UND_ERR_CONNECT_TIMEOUT: 'did not answer the connection in time. A firewall may be in between.',
  ETIMEDOUT: 'did not answer the connection in time. A firewall may be in between.',
  EHOSTUNREACH: 'cannot be reached from this machine. Check the network between them.',
  ENETUNREACH: 'cannot be reached from this machine. Check the network between them.',
};

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

/** Any failure to connect as one that says so. Our own refusals come through unchanged, also from inside a look-up. */
export function toDialError(error: unknown, where: string): DialError {
  if (error instanceof DialError) return error;
  const code = codeOf(error);
  const tls = certificateWords(code);
  if (tls) return new DialError('unreachable', `${where}: ${tls}`, code);
  const known = UNREACHABLE_WORDS[code];
  return new DialError('unreachable', known ? `${where} ${known}` : `${where} could not be connected (${code}).`, code);
}

/** Refuses before the first packet what needs no name server: literals, and the look-up does the rest. */
function refuseLiteral(hostname: string, port: number, plain: boolean, policy: AddressPolicy): DialError | null {
  const refusal = isIP(hostname) ? refuseAddress(hostname, port, policy, plain) : null;
  return refusal ? new DialError('policy', refusal, 'HYBLE_POLICY') : null;
}

function connectorFor(origin: URL, port: number, options: DialOptions): buildConnector.connector {
  const plain = origin.protocol === 'http:';
  const dial = buildConnector({
    ...tlsOptions(options.trust),
    lookup: policyLookup(port, plain, options),
    timeout: options.connectMs,
    // A resumed session shows no certificate, and then a pin could not be checked.
    maxCachedSessions: 0,
    allowH2: false,
  });
  const where = `${hostOf(origin)}:${port}`;
  return (target, callback) => {
    const literal = refuseLiteral(hostOf(origin), port, plain, options.policy);
    if (literal) {
      callback(literal, null);
      return;
    }
    dial(target, (error, socket) => {
      if (error || !socket) {
        callback(toDialError(error, where), null);
        return;
      }
      const refusal = plain ? null : refuseCertificate(socket as TLSSocket, options.trust); // https dials with tls.connect
      if (!refusal) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(new DialError('unreachable', `${where}: ${refusal}`, 'HYBLE_PIN_MISMATCH'), null);
    });
  };
}

const IDLE_MS = 30_000;
interface Cached {
  agent: Agent;
  users: number;
  timer?: NodeJS.Timeout;
}
const agents = new Map<string, Cached>();
const resolverIds = new WeakMap<Resolver, number>();
let nextResolverId = 1;

function resolverId(resolver: Resolver | undefined): number {
  if (!resolver) return 0;
  const known = resolverIds.get(resolver);
  if (known) return known;
  resolverIds.set(resolver, nextResolverId);
  nextResolverId += 1;
  return nextResolverId - 1;
}

function keyOf(origin: URL, options: DialOptions): string {
  const { policy, trust, connectMs, resolver } = options;
  return JSON.stringify([origin.origin, policy, trust ?? null, connectMs, resolverId(resolver)]);
}

/**
 * A connection pool for one server under one trust. Shared between calls, closed half a minute after the last one.
 * Every use ends with `release()`.
 */
export function borrowAgent(origin: URL, port: number, options: DialOptions): { agent: Agent; release(): void } {
  const key = keyOf(origin, options);
  const cached: Cached = agents.get(key) ?? {
    agent: new Agent({
      connect: connectorFor(origin, port, options),
      pipelining: 1,
      keepAliveTimeout: 4_000,
      headersTimeout: 0,
      bodyTimeout: 0,
    }),
    users: 0,
  };
  agents.set(key, cached);
  cached.users += 1;
  clearTimeout(cached.timer);
  const release = () => {
    cached.users -= 1;
    if (cached.users > 0) return;
    cached.timer = setTimeout(() => {
      agents.delete(key);
      void cached.agent.close().catch(() => undefined);
    }, IDLE_MS);
    cached.timer.unref();
  };
  return { agent: cached.agent, release };
}
