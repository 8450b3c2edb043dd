import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Inngest, type InngestFunction } from 'inngest';
import { serve } from 'inngest/node';
import pg from 'pg';
import { freePort } from '../../../scripts/postgres.mjs';
import type { ExecutorLog, ExecutorSettings } from '../settings';

export { freePort };

export const KEYS = { eventKey: 'event-key-of-the-tests', signingKey: `signkey-test-${'ab'.repeat(32)}` };

const databaseUrl = (): string => {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('These tests need DATABASE_URL; run them in the vitest project "db".');
  return url;
};

/** Waits for a condition; fails with the last value when it does not come true in time. */
export async function until<T>(what: string, look: () => Promise<T> | T, limitMs = 30_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Keeps what was logged, for tests that look at it. */
export function recordingLog(): ExecutorLog & { lines: string[] } {
  const lines: string[] = [];
  const write = (message: string, fields?: Record<string, unknown>) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { lines, info: write, warn: write, error: write };
}

export function createClient(executorPort: number): Inngest {
  return new Inngest({
    id: 'app',
    isDev: false,
    baseUrl: `http://127.0.0.1:${executorPort}`,
    ...KEYS,
    checkpointing: false,
    aiMetadata: false,
    logger: { info: quiet, warn: quiet, error: quiet, debug: quiet },
  });
}

function quiet(): void {}

export interface TestApp {
  url: string;
  port: number;
  /** Calls that reached the endpoint. */
  calls: number;
  close(): Promise<void>;
}

/** Serves functions like the panel does: one endpoint and a health page. */
export async function startApp(client: Inngest, functions: InngestFunction.Any[], port = 0): Promise<TestApp> {
  const handler = serve({ client, functions });
  const app: TestApp = { url: '', port: 0, calls: 0, close };
  const server = http.createServer((request, response) => {
    if (request.url === '/api/health') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"status":"ok"}');
      return;
    }
    if (request.method === 'POST') app.calls += 1;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  app.port = (server.address() as AddressInfo).port;
  app.url = `http://127.0.0.1:${app.port}/api/inngest`;
  async function close(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  return app;
}

export function settingsFor(app: { port: number }, port: number): ExecutorSettings {
  return {
    databaseUrl: databaseUrl(),
    appUrl: `http://127.0.0.1:${app.port}/api/inngest`,
    healthUrl: `http://127.0.0.1:${app.port}/api/health`,
    port,
    ...KEYS,
    retryDelaysMs: [50],
    brokenDelayMs: 50,
  };
}

let admin: pg.Pool | null = null;

/** Reads and changes the executor's tables beside it. */
export async function sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  if (!admin) {
    admin = new pg.Pool({ connectionString: databaseUrl(), max: 2 });
    admin.on('error', quiet);
  }
  return (await admin.query<T>(text, values)).rows;
}

export async function closeSql(): Promise<void> {
  await admin?.end();
  admin = null;
}

export interface RunRow {
  id: string;
  fn_id: string;
  status: string;
  output: unknown;
  error: { name: string; message: string } | null;
}

export const runsOf = (fnId: string) =>
  sql<RunRow>('select id, fn_id, status, output, error from executor.run where fn_id = $1 order by created_at', [fnId]);

/** The first run of a function, as soon as it has ended. */
export const ended = (fnId: string, limitMs?: number) =>
  until(`a run of ${fnId} to end`, async () => (await runsOf(fnId)).find((run) => run.status !== 'running'), limitMs);

/** A way to the database that can be shut. */
export async function startProxy(target: string) {
  const url = new URL(target);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(url.port), url.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', quiet);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const port = await freePort();
  await listen(port);
  const through = new URL(target);
  through.host = `127.0.0.1:${port}`;
  async function down(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  return { url: through.href, down, up: () => listen(port) };
}
