import { connect } from 'node:net';
import type { AddressPolicy } from './address-policy';
import { checkedAddresses, DialError, type Resolver, toDialError } from './connector';
import { ModuleError } from './errors';
import { hostOf, parsePanelUrl, portOf } from './panel-url';

export interface ProbeOptions {
  policy: AddressPolicy;
  timeoutMs: number;
  resolver?: Resolver;
}

/**
 * Where a panel's address leads, judged like every call. Throws a ModuleError: `unreachable` when the name does not
 * resolve, `policy` when it leads somewhere that is never dialled.
 */
export async function resolveAddress(address: string, options: Omit<ProbeOptions, 'timeoutMs'>): Promise<string[]> {
  const url = parsePanelUrl(address);
  const [host, port] = [hostOf(url), portOf(url)];
  try {
    const found = await checkedAddresses(host, port, url.protocol === 'http:', options);
    return found.map((one) => one.address);
  } catch (error) {
    throw asModuleError(error, host);
  }
}

/** Opens a bare connection to a panel's port and closes it; answers the milliseconds it took. Nothing is sent. */
export async function reachAddress(address: string, options: ProbeOptions): Promise<number> {
  const url = parsePanelUrl(address);
  const [host, port] = [hostOf(url), portOf(url)];
  try {
    const [target] = await checkedAddresses(host, port, url.protocol === 'http:', options);
    const started = performance.now();
    const socket = connect({ host: target?.address, port });
    await new Promise<void>((resolve, reject) => {
      const late = () => reject(new DialError('unreachable', lateWords(host, port), 'ETIMEDOUT'));
      socket.setTimeout(options.timeoutMs, late);
      socket.once('error', reject);
      socket.once('connect', () => resolve());
    }).finally(() => socket.destroy());
    return Math.round(performance.now() - started);
  } catch (error) {
    throw asModuleError(error, `${host}:${port}`);
  }
}

const lateWords = (host: string, port: number) =>
  `${host}:${port} did not answer the connection in time. A firewall may be in between.`;

function asModuleError(error: unknown, where: string): ModuleError {
  if (error instanceof ModuleError) return error;
  const { reason, message } = toDialError(error, where);
  return new ModuleError({ kind: reason, words: message });
}
