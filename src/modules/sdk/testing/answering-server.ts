import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPanelHttp, type HttpExchange, type PanelHttp, type PanelHttpOptions } from '../http';

export interface AnsweringServer {
  port: number;
  url: string;
  /** What arrived, as `METHOD /path`. */
  seen: string[];
  exchanges: HttpExchange[];
  /** How many connections were ever made. */
  connections(): number;
  http(more?: Partial<PanelHttpOptions>): PanelHttp;
  close(): void;
}

/** A server on loopback that answers as one test wants it, and a client that may reach it. */
export async function answeringServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<AnsweringServer> {
  const seen: string[] = [];
  const exchanges: HttpExchange[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // an IP listener always has one
  const url = `http://127.0.0.1:${port}`;
  return {
    port,
    url,
    seen,
    exchanges,
    connections: () => connections,
    http: (more = {}) =>
      createPanelHttp({
        baseUrl: () => url,
        policy: { allowCidrs: [], allowLoopbackPorts: [port], forbiddenPorts: [] },
        limits: { connectMs: 1000, headersMs: 1000, totalMs: 1000 },
        secrets: ['hunter2-secret'],
        onExchange: (record) => void exchanges.push(record),
        ...more,
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
