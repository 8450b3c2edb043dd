import { createHash, randomUUID } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventBody } from './events-store';
import { hashedSigningKey, sameSecret } from './protocol';
import { type ExecutorLog, reasonOf } from './settings';

export interface ApiOptions {
  port: number;
  eventKey: string;
  signingKey: string;
  log: ExecutorLog;
  storeEvents(events: EventBody[]): Promise<void>;
  resync(): void;
  health(): Promise<Record<string, unknown> & { status: string }>;
}

const BODY_LIMIT = 16 * 1024 * 1024;
/** The smallest limit that Inngest documents: what fits here fits everywhere. */
const EVENT_LIMIT = 256 * 1024;
const EVENTS_LIMIT = 5000;

/** A request that is refused; the message says what to change. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The loopback API: takes events, hears of new functions, tells how it is. */
export async function startApi(options: ApiOptions): Promise<{ port: number; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    handle(options, request).then(
      (body) => answer(response, 200, body),
      (error: unknown) => {
        const refused = error instanceof Refusal;
        // Anything else is the database being away: the sender keeps the event and comes again.
        if (!refused)
          options.log.error('An event could not be stored; its sender is told to try again.', {
            reason: reasonOf(error),
          });
        const status = refused ? error.status : 503;
        const message = refused ? error.message : 'The event could not be stored just now. Send it again.';
        answer(response, status, { status, error: message });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port, // a TCP server that listens has such an address
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1000).unref();
      }),
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function handle(options: ApiOptions, request: IncomingMessage): Promise<unknown> {
  const path = new URL(request.url ?? '/', 'http://executor').pathname;
  if (request.method === 'GET' && path === '/health') {
    const health = await options.health();
    if (health.status !== 'ok') throw new Refusal(503, 'The executor cannot reach its database.');
    return health;
  }
  if (request.method === 'POST' && path.startsWith('/e/')) {
    if (
      !sameSecret(path.slice(3), encodeURIComponent(options.eventKey)) &&
      !sameSecret(path.slice(3), options.eventKey)
    ) {
      throw new Refusal(
        401,
        'This event key is not known here. Set INNGEST_EVENT_KEY to the key of this installation.',
      );
    }
    return takeEvents(options, request);
  }
  if (path === '/fn/register') {
    const wanted = `Bearer ${hashedSigningKey(options.signingKey)}`;
    if (!sameSecret(request.headers.authorization ?? '', wanted))
      throw new Refusal(401, 'The signing key is another one.');
    request.resume();
    options.resync(); // what counts is read from the application itself, signed
    return { ok: true, status: 200, modified: false };
  }
  throw new Refusal(404, 'The embedded executor has no such address.');
}

async function takeEvents(options: ApiOptions, request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not JSON. Send one event or a list of events.');
  }
  const raw: unknown[] = Array.isArray(body) ? body : [body];
  if (raw.length > EVENTS_LIMIT)
    throw new Refusal(400, `More than ${EVENTS_LIMIT} events in one request. Send fewer at once.`);
  const seed = request.headers['x-inngest-event-id-seed'];
  const events = raw.map((each, index) => readEvent(each, index, typeof seed === 'string' ? seed : null));
  await options.storeEvents(events);
  return { ids: events.map((event) => event.id), status: 200 };
}

function readEvent(raw: unknown, index: number, seed: string | null): EventBody {
  if (typeof raw !== 'object' || raw === null) throw new Refusal(400, `Event ${index} is not an object.`);
  const given = raw as Record<string, unknown>; // safe: a non-null object, each field is checked below
  const { name, id, ts } = given;
  if (typeof name !== 'string' || name === '' || name.includes('\0'))
    throw new Refusal(400, `Event ${index} has no name.`);
  if (name.startsWith('inngest/'))
    throw new Refusal(400, `Event ${index}: names that begin with "inngest/" are reserved.`);
  if (typeof id === 'string' && (id.length > 512 || id.includes('\0')))
    throw new Refusal(400, `Event ${index}: the id is not usable.`);
  const event: EventBody = {
    ...given,
    name,
    id: typeof id === 'string' && id !== '' ? id : seededId(seed, index),
    ts: typeof ts === 'number' && Number.isFinite(ts) && ts > 0 ? ts : Date.now(),
    data: given.data ?? {},
  };
  if (Buffer.byteLength(JSON.stringify(event)) > EVENT_LIMIT) {
    throw new Refusal(
      413,
      `Event ${index} is larger than ${EVENT_LIMIT} bytes. Send an id and read the rest in a step.`,
    );
  }
  return event;
}

/** The sender repeats a request with the same seed: its events get the same ids and count once. */
function seededId(seed: string | null, index: number): string {
  return seed ? createHash('sha256').update(`${seed} ${index}`).digest('hex').slice(0, 32) : randomUUID();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT)
      throw new Refusal(413, `The request is larger than ${BODY_LIMIT} bytes. Send fewer events at once.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
