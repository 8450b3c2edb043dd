import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { db } from '@/lib/db';
import { makeCustomer } from '../../../../prisma/factories/customer';
import { makeProduct } from '../../../../prisma/factories/product';
import { makeServer } from '../../../../prisma/factories/server';
import { makeService } from '../../../../prisma/factories/service';

const MB = 1_048_576;
const PER_PAGE = 200;

/** One line of the panel's list, as it goes over the wire. */
export interface Line {
  serverId: string;
  externalId: string;
  disk: unknown;
  network: unknown;
}

/** A game panel of which a test says word by word what it answers to "usage". */
export interface UsagePanel {
  lines: Line[];
  delayMs: number;
  /** Answers 500 to everything. */
  broken: boolean;
  calls: number;
  /** Runs before each answer. */
  before: () => Promise<void>;
  config: { apiUrl: string; apiKey: string; nodeId: string };
  port: string;
  stop(): void;
}

export async function startUsagePanel(): Promise<UsagePanel> {
  const panel = { lines: [], delayMs: 0, broken: false, calls: 0, before: async () => {} } as unknown as UsagePanel; // completed below
  const server = createServer(async (request, response) => {
    panel.calls += 1;
    await panel.before();
    const url = new URL(request.url ?? '/', 'http://panel');
    const answer = () => {
      response.writeHead(panel.broken ? 500 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answerTo(panel, url)));
    };
    if (panel.delayMs > 0) setTimeout(answer, panel.delayMs);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  panel.port = String((server.address() as AddressInfo).port); // a TCP listener always has one
  panel.config = { apiUrl: `http://127.0.0.1:${panel.port}`, apiKey: 'pk_of_tests', nodeId: 'node-1' };
  panel.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return panel;
}

function answerTo(panel: UsagePanel, url: URL): unknown {
  if (url.pathname === '/health')
    return { status: 'ok', version: '2.8.1', nodeId: 'node-1', servers: panel.lines.length };
  const one = /^\/servers\/([^/]+)\/usage$/.exec(url.pathname)?.[1];
  if (one) return panel.lines.find(({ serverId }) => serverId === one) ?? {};
  const page = Number(url.searchParams.get('page') ?? 1);
  return {
    data: panel.lines.slice((page - 1) * PER_PAGE, page * PER_PAGE),
    page,
    pages: Math.max(1, Math.ceil(panel.lines.length / PER_PAGE)),
  };
}

/** What the panel says of an account: megabytes of disk and of transfer. */
export function line(serviceId: string, remoteId: string, disk: number, network: number, limit = 1000): Line {
  return {
    serverId: remoteId,
    externalId: serviceId,
    disk: { used: disk * MB, limit: limit * MB },
    network: { used: network * MB, limit: null },
  };
}

export const megabytes = (count: number) => BigInt(count * MB);

/** A server at this panel with so many running services, which the panel lists with 100 MB of disk and 10 MB of transfer. */
export async function placeServices(panel: UsagePanel, moduleId: string, count: number) {
  const { id: serverId } = await makeServer({ moduleId, config: panel.config });
  const { id: productId } = await makeProduct({ moduleId });
  const { id: customerId } = await makeCustomer();
  const ids: string[] = [];
  for (let number = 1; number <= count; number++) {
    const remoteId = `srv-${number}`;
    const made = await makeService({ serverId, productId, customerId, status: 'ACTIVE', remoteId, username: remoteId });
    await db.placement.create({ data: { serviceId: made.id, serverId, reason: {} } });
    ids.push(made.id);
  }
  panel.lines = ids.map((id, index) => line(id, `srv-${index + 1}`, 100, 10));
  return { serverId, ids };
}
