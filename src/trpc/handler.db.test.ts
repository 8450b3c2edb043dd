import { describe, expect, it } from 'vitest';
import { cookieName } from '@/lib/auth-cookie';
import { makeUser } from '../../prisma/factories/user';
import { handleTrpc } from './handler';
import { cookieOf } from './testing/call';

const BASE = 'http://panel.example:3000/api/trpc';

function post(path: string, input: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  return handleTrpc(
    new Request(`${BASE}/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    }),
  );
}
const get = (path: string, headers: Record<string, string> = {}) =>
  handleTrpc(new Request(`${BASE}/${path}`, { headers }));

const firstAdmin = { code: 'x', name: 'Grace', email: 'grace@example.com', password: 'long enough for this' };

describe('what is refused before any procedure runs', () => {
  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/octet-stream', 415],
    ['application/jsonp', 415],
  ])('a body of type %s', async (type, status) => {
    expect((await post('users.createFirstAdmin', firstAdmin, { 'content-type': type })).status).toBe(status);
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'http://panel.example:3001', host: 'panel.example:3000' }],
  ])('a change from another site: %j', async (headers) => {
    expect((await post('users.createFirstAdmin', firstAdmin, headers)).status).toBe(403);
  });

  it('a change by GET, and other methods', async () => {
    expect((await get('users.createFirstAdmin')).status).toBe(405);
    expect((await handleTrpc(new Request(`${BASE}/users.firstRun`, { method: 'PUT', body: '{}' }))).status).toBe(405);
  });

  it('more than 20 calls in one request', async () => {
    const paths = (count: number) => Array.from({ length: count }, () => 'users.firstRun').join(',');
    expect((await get(`${paths(21)}?batch=1&input=%7B%7D`)).status).toBe(400);
    expect((await get(`${paths(20)}?batch=1&input=%7B%7D`)).status).toBe(200);
  });

  it('a body over 256 kB, whether it says its length or not', async () => {
    expect((await post('users.createFirstAdmin', { code: 'x'.repeat(300_000) })).status).toBe(413);
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024).fill(32)),
    });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } };
    expect((await handleTrpc(new Request(`${BASE}/users.createFirstAdmin`, init))).status).toBe(413);
  });

  it('JSON that is none, or far too deep', async () => {
    expect((await post('users.createFirstAdmin', '{"a":')).status).toBe(400);
    expect((await post('users.createFirstAdmin', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)).status).toBe(400);
  });
});

describe('an answer', () => {
  it('is plain JSON, not stored anywhere, and has a number', async () => {
    const response = await get('users.firstRun');
    expect(await response.json()).toEqual({ result: { data: { open: true } } });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('passes from a page of our own and from a program', async () => {
    const own = { origin: 'http://panel.example:3000', host: 'panel.example:3000', 'sec-fetch-site': 'same-origin' };
    for (const headers of [own, {}])
      expect((await post('users.createFirstAdmin', firstAdmin, headers)).status).toBe(409);
  });

  it('names each wrong field of an input', async () => {
    const response = await post('users.createFirstAdmin', {
      ...firstAdmin,
      email: 'nobody',
      password: 'short',
      role: 'ADMIN',
    });
    const { error } = await response.json();
    expect(response.status).toBe(400);
    expect(error.data.issues.map((issue: { path: string[] }) => issue.path.join('.')).sort()).toEqual([
      'email',
      'password',
      'role',
    ]);
    expect(error.message).toContain('nothing was changed');
    expect(JSON.stringify(error)).not.toContain('stack');
  });

  it('carries the word of a refusal of ours', async () => {
    const { error } = await (await post('users.createFirstAdmin', firstAdmin)).json();
    expect(error.data).toMatchObject({ code: 'CONFLICT', httpStatus: 409, reason: 'INVALID_STATE', issues: [] });
  });

  it('is 401 without a session, also for a cookie that nobody signed', async () => {
    expect((await get('users.me')).status).toBe(401);
    expect((await get('users.me', { cookie: `${cookieName('session')}=forged` })).status).toBe(401);
  });

  it('tells who is signed in', async () => {
    const response = await get('users.me', { cookie: await cookieOf((await makeUser({ role: 'SUPPORT' })).id) });
    expect(await response.json()).toMatchObject({ result: { data: { role: 'SUPPORT', customerId: null } } });
  });
});
