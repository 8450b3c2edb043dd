import { subscribe } from 'node:diagnostics_channel';

/** Carries the address of the connection itself to where only headers arrive; what a visitor sends under it is replaced. */
export const PEER_HEADER = 'x-hyble-peer';

/** Of Node's own request, what is needed here. */
interface Incoming {
  request: { headers: Record<string, unknown>; socket: { remoteAddress?: string } };
}

// Loaded more than once per process; each request needs it once.
const shared = globalThis as unknown as { hyblePeers?: true };

/**
 * Writes the other end of each connection into its request. Handlers see headers only, and X-Forwarded-For is whatever
 * the visitor wrote. Node tells this channel of a request before any handler sees it.
 */
export function stampPeerAddresses(): void {
  if (shared.hyblePeers) return;
  shared.hyblePeers = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as Incoming;
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? 'unknown';
  });
}
