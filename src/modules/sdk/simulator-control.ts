import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import {
  type FaultRule,
  SIMULATOR_FAULTS,
  type SimulatedAccount,
  type SimulatorCallRecord,
} from './simulator-definition';
import { send } from './simulator-faults';

const MAX_BYTES = 1024 * 1024;
const text = z.string().min(1).max(253);

const faultInput = z.strictObject({
  op: text,
  fault: z.enum(SIMULATOR_FAULTS),
  times: z.int().min(1).max(1_000_000).optional(),
  delayMs: z.int().min(0).max(600_000).optional(),
  retryAfter: z.union([z.string().max(100), z.number()]).optional(),
});

const accountInput = z.strictObject({
  id: text.optional(),
  externalId: text.nullable().optional(),
  username: text.nullable().optional(),
  domain: text.nullable().optional(),
  status: text.optional(),
  owner: text.optional(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
});

/** What the control address can see and do. */
export interface SimulatorControl {
  accounts(): SimulatedAccount[];
  calls: SimulatorCallRecord[];
  faults: FaultRule[];
  plant(wanted: Partial<SimulatedAccount>): SimulatedAccount;
  remove(id: string): boolean;
  /** Somebody followed the redirect. */
  trapped(request: IncomingMessage): void;
}

/** The whole body as text, or null when it is too large to be meant seriously. */
export async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function readInput<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | string> {
  const body = await readText(request);
  if (body === null) return 'The body is larger than 1 MB.';
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : z.prettifyError(parsed.error);
  } catch {
    return 'The body is not valid JSON.';
  }
}

async function route(control: SimulatorControl, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const wanted = `${request.method} ${path}`;
  const refuse = (words: string, status = 400) => send(response, { status, body: { error: words } });
  if (wanted === 'GET /state') {
    send(response, {
      status: 200,
      body: { accounts: control.accounts(), calls: control.calls, faults: control.faults },
    });
  } else if (wanted === 'POST /faults') {
    const input = await readInput(request, faultInput);
    if (typeof input === 'string') return refuse(input);
    // The newest rule is asked first.
    control.faults.unshift(input);
    send(response, { status: 200, body: { faults: control.faults } });
  } else if (wanted === 'DELETE /faults') {
    control.faults.length = 0;
    send(response, { status: 200, body: { faults: [] } });
  } else if (wanted === 'POST /accounts') {
    const input = await readInput(request, accountInput);
    if (typeof input === 'string') return refuse(input);
    send(response, { status: 201, body: control.plant(input) });
  } else if (request.method === 'DELETE' && path.startsWith('/accounts/')) {
    const found = control.remove(decodeURIComponent(path.slice('/accounts/'.length)));
    if (!found) return refuse('There is no such account.', 404);
    send(response, { status: 200, body: { removed: true } });
  } else if (path === '/redirect-trap') {
    control.trapped(request);
    send(response, { status: 200, body: { trapped: true } });
  } else {
    refuse('Known here: GET /state, POST and DELETE /faults, POST /accounts, DELETE /accounts/<id>.', 404);
  }
}

/** The same control address for every simulator: look, break, mend, plant. */
export function controlListener(control: SimulatorControl): RequestListener {
  return (request, response) => {
    route(control, request, response).catch((error: unknown) => {
      send(response, { status: 500, body: { error: error instanceof Error ? error.message : 'failed' } });
    });
  };
}
