import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { uuidv7 } from '@/lib/ids';
import { logger } from '@/lib/logger';
import { isOwnOrigin } from '@/lib/own-origin';
import { readBody } from '@/lib/read-body';
import { contextOf } from './context';
import type { ErrorData } from './error-shape';
import { MAX_BATCH } from './limits';
import { appRouter } from './root';

const ENDPOINT = '/api/trpc';
/** The largest honest input is a generic definition of some tens of kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;
const MAX_PATH = 4_000;

/** Answers a tRPC request: first what HTTP alone can decide, then the procedures. */
export async function handleTrpc(request: Request): Promise<Response> {
  const refused = refuse(request);
  if (refused) return refused;
  const body = request.method === 'POST' ? await readBody(request, MAX_BODY_BYTES) : undefined;
  if (body === null) return answer(413, `The request is larger than ${MAX_BODY_BYTES / 1024} kB. Nothing was done.`);
  const requestId = uuidv7();
  const response = await fetchRequestHandler({
    endpoint: ENDPOINT,
    // No body is no input.
    req:
      body === undefined
        ? request
        : new Request(request.url, { method: 'POST', headers: request.headers, body: body.toString() || '{}' }),
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => contextOf(request.headers, requestId),
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') logUnexpected(error.cause ?? error, path, requestId);
    },
  });
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-request-id', requestId);
  return response;
}

/**
 * A form on another site can post without asking first, but neither as JSON nor without naming its origin.
 * Programs that are no browser send neither `Origin` nor `Sec-Fetch-Site` and pass.
 */
function refuse(request: Request): Response | null {
  const { pathname } = new URL(request.url);
  if (pathname.length > MAX_PATH || pathname.split(',').length > MAX_BATCH) {
    return answer(400, `One request may hold at most ${MAX_BATCH} calls. Nothing was done. Send fewer at a time.`);
  }
  if (request.method === 'GET') return null;
  if (request.method !== 'POST') return answer(405, 'Queries are asked by GET and changes by POST. Nothing was done.');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return answer(415, 'The body must be JSON, with content-type: application/json. Nothing was done.');
  }
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (
    (site !== null && site !== 'same-origin' && site !== 'none') ||
    (origin !== null && !isOwnOrigin(request, origin))
  ) {
    return answer(403, 'This came from a page of another site. Nothing was done. Use the pages of this program.');
  }
  return null;
}

const CODES = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  405: 'METHOD_NOT_SUPPORTED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
} as const satisfies Record<number, TRPC_ERROR_CODE_KEY>;

/** Looks like an error of a procedure, so that a caller needs one way of reading errors. */
function answer(status: keyof typeof CODES, message: string): Response {
  const code = CODES[status];
  const data: ErrorData = { code, httpStatus: status, reason: null, issues: [], requestId: null };
  const error = { code: TRPC_ERROR_CODES_BY_KEY[code], message, data };
  return Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } });
}

/** Name, code and place, never the message: a driver's message may quote the values it was given. */
function logUnexpected(error: unknown, path: string | undefined, requestId: string): void {
  const { name, code, stack } =
    error instanceof Error ? (error as Error & { code?: unknown }) : { name: typeof error, code: null, stack: '' };
  const places = stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
  logger.error({ requestId, path, name, code, places }, 'a procedure failed unexpectedly');
}
