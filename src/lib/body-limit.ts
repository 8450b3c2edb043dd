import { NextRequest } from 'next/server';
import { readBody } from './read-body';

/** The same request for whoever reads bodies without a limit; null when it holds more than `max` bytes. */
export async function withBodyLimit(request: NextRequest, max: number): Promise<NextRequest | null> {
  const length = request.headers.get('content-length');
  // Node itself hands on no more than was declared.
  if (length !== null) return Number(length) <= max ? request : null;
  if (request.body === null) return request;
  const body = await readBody(request, max);
  return (
    body &&
    new NextRequest(request.url, { method: request.method, headers: request.headers, body: new Uint8Array(body) })
  );
}
