import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { PanelRequest } from './http';
import { type AnsweringServer, answeringServer } from './testing/answering-server';

const servers: AnsweringServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: Parameters<typeof answeringServer>[0]): Promise<AnsweringServer> {
  const server = await answeringServer(answer);
  servers.push(server);
  return server;
}
const json = (response: ServerResponse, body: string, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);

describe('what is sent', () => {
  it('sends JSON, forms and queries, asks for no compression and keeps redacted records', async () => {
    const bodies: string[] = [];
    const server = await serve((request, response) => {
      request.setEncoding('utf8');
      request.on('data', (text: string) => bodies.push(`${request.headers['content-type']} ${text}`));
      request.on('end', () => json(response, '{"password":"hunter2-secret","ok":true}'));
      expect(request.headers['accept-encoding']).toBe('identity');
    });
    const http = server.http();
    await http.request({
      method: 'POST',
      path: '/a',
      query: { q: 'x y', n: undefined },
      json: { token: 'abcdef', id: 7 },
    });
    await http.request({ method: 'POST', path: '/b', form: { user: 'ada', pass: 'hunter2-secret' } });
    expect(server.seen).toEqual(['POST /a?q=x+y', 'POST /b']);
    expect(bodies).toEqual([
      'application/json {"token":"abcdef","id":7}',
      'application/x-www-form-urlencoded user=ada&pass=hunter2-secret',
    ]);
    expect(server.exchanges[0]).toMatchObject({
      method: 'POST',
      path: '/a?q=x+y',
      status: 200,
      request: '{"token":"[removed]","id":7}',
    });
    expect(server.exchanges[1]?.request).toBe('user=ada&pass=[removed]');
    expect(JSON.stringify(server.exchanges)).not.toContain('hunter2');
  });

  it.each([0, 4000, 4090, 8000, 12_200, 12_280])(
    'keeps 4 KB of a long answer and no piece of a secret at %i',
    async (at) => {
      const secret = 'k7'.repeat(1600);
      const body = `${'x'.repeat(at)}${secret.repeat(5)}${'{"password":"hunter2-secret"}'.repeat(2000)}`;
      const server = await serve((_, response) => json(response, body));
      await server.http({ secrets: [secret] }).request({ path: '/' });
      const kept = server.exchanges[0]?.answer ?? '';
      expect(Buffer.byteLength(kept)).toBe(4096);
      expect(kept).not.toMatch(/k7k7|hunter2/);
    },
  );

  it('never records an answer that holds a one-time link', async () => {
    const server = await serve((_, response) => json(response, '{"url":"https://panel/login/once"}'));
    await server.http().request({ method: 'POST', path: '/login', json: {}, secretAnswer: true });
    expect(server.exchanges[0]?.answer).toBe('[not kept]');
  });

  it('refuses another origin and header injection before anything is sent', async () => {
    const server = await serve((_, response) => json(response, '{}'));
    const calls: PanelRequest[] = [
      { url: 'http://127.0.0.1:1/x' },
      { url: 'https://evil.example/' },
      { path: '/', headers: { 'x-a': 'b\r\nx-c: d' } },
      { path: '/', headers: { 'x-a': 'b\u0000' } },
      { path: '/\r\nx' },
    ];
    for (const call of calls)
      await expect(server.http().request(call)).rejects.toMatchObject({ name: 'ModuleError', outcome: 'not-done' });
    expect(server.seen).toEqual([]);
  });
});

describe('whom it dials', () => {
  const at = (server: AnsweringServer, resolver: () => Promise<{ address: string; family: number }[]>) =>
    server.http({ baseUrl: () => `http://panel.test:${server.port}`, resolver });

  it('resolves once and dials what it checked', async () => {
    let asked = 0;
    const server = await serve((_, response) => json(response, '{}'));
    const http = at(server, () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]));
    await http.request({ path: '/' });
    expect([asked, server.seen.length]).toEqual([1, 1]);
  });

  it('refuses a name when any of its addresses is refused', async () => {
    const server = await serve((_, response) => json(response, '{}'));
    const http = at(server, () =>
      Promise.resolve(['127.0.0.1', '10.0.0.1'].map((address) => ({ address, family: 4 }))),
    );
    await expect(http.request({ path: '/' })).rejects.toMatchObject({ kind: 'policy', outcome: 'not-done' });
    expect(server.seen).toEqual([]);
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('says that nothing was sent when the name fails with %s', async (code) => {
    const server = await serve((_, response) => json(response, '{}'));
    const http = at(server, () => Promise.reject(Object.assign(new Error('dns'), { code })));
    await expect(http.request({ method: 'POST', path: '/' })).rejects.toMatchObject({
      kind: 'unreachable',
      outcome: 'not-done',
    });
  });

  it('says that nothing was sent when the connection takes too long, at its limit', async () => {
    const server = await serve((_, response) => json(response, '{}'));
    const http = server.http({
      baseUrl: () => `http://panel.test:${server.port}`,
      resolver: () => new Promise(() => undefined),
      limits: { connectMs: 8000, headersMs: 8000, totalMs: 200 },
    });
    const started = performance.now();
    const call = http.request({ method: 'POST', path: '/' });
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', outcome: 'not-done' });
    expect(performance.now() - started).toBeLessThan(4000);
  });
});

it('never sends a request after its call was given up', async () => {
  const server = await serve((_, response) => json(response, '{}'));
  let connect: (found: { address: string; family: number }[]) => void = () => undefined;
  const http = server.http({
    baseUrl: () => `http://panel.test:${server.port}`,
    resolver: () => new Promise((resolve) => (connect = resolve)),
    limits: { connectMs: 1000, headersMs: 1000, totalMs: 50 },
  });
  await expect(http.request({ method: 'POST', path: '/late' })).rejects.toMatchObject({ outcome: 'not-done' });
  connect([{ address: '127.0.0.1', family: 4 }]);
  await expect.poll(() => server.connections()).toBe(1);
  await server.http().request({ path: '/after' });
  expect(server.seen).toEqual(['GET /after']);
});

describe('what an answer means', () => {
  it('hands 4xx to the module, and other statuses where it asks for them', async () => {
    const server = await serve((request, response) => json(response, '{"a":1}', Number(request.url?.slice(1))));
    const http = server.http();
    for (const status of [400, 404, 409, 422]) expect((await http.request({ path: `/${status}` })).status).toBe(status);
    expect((await http.request({ path: '/500', handBack: [500] })).json()).toEqual({ a: 1 });
    const kinds: Record<string, string> = {
      401: 'auth',
      403: 'auth',
      301: 'policy',
      307: 'policy',
      429: 'rate-limited',
      500: 'busy',
      524: 'busy',
    };
    for (const [status, kind] of Object.entries(kinds)) {
      await expect(http.request({ path: `/${status}` }), status).rejects.toMatchObject({ kind });
    }
  });

  const BROKEN: [string, string | Buffer][] = [
    ['cut', '{"serverId":"a'],
    ['a page', '<html></html>'],
    ['empty', ''],
    ['no JSON', 'OK'],
    ['NaN', '{"a":NaN}'],
    ['too deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['bad UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['UTF-16', Buffer.from('\uFEFF{"a":1}', 'utf16le')],
    ['trailing', '{"a":1}}'],
    ['single quotes', "{'a':1}"],
  ];
  it.each(BROKEN)('never takes %s for an answer', async (_name, body) => {
    const server = await serve((_, response) => void response.writeHead(200).end(body));
    const call = async () => (await server.http().request({ method: 'POST', path: '/', json: {} })).json();
    await expect(call()).rejects.toMatchObject({ name: 'ModuleError', outcome: 'unknown' });
  });

  it('drops keys that could change a prototype', async () => {
    const server = await serve((_, response) =>
      json(response, '{"__proto__":{"bad":1},"\\u005f_proto__":{"bad":1},"a":{"__proto__":2,"b":1}}'),
    );
    const answer = (await server.http().request({ path: '/' })).json();
    expect(Object.assign({}, answer)).toEqual({ a: { b: 1 } });
    expect(JSON.stringify(answer)).toBe('{"a":{"b":1}}');
  });

  it('cannot promise "nothing happened" once an earlier request of the call changed something', async () => {
    const server = await serve((request, response) => json(response, '{}', request.method === 'POST' ? 201 : 401));
    const fresh = server.http();
    await expect(fresh.request({ path: '/' })).rejects.toMatchObject({ kind: 'auth', outcome: 'not-done' });
    const used = server.http();
    await used.request({ method: 'POST', path: '/', json: {} });
    await expect(used.request({ path: '/' })).rejects.toMatchObject({ kind: 'auth', outcome: 'unknown' });
    const onlyRead = server.http();
    await onlyRead.request({ method: 'POST', path: '/', json: {}, changes: false });
    await expect(onlyRead.request({ path: '/' })).rejects.toMatchObject({ outcome: 'not-done' });
  });

  it('ends at its limit to the moment, and removes secrets from what the panel said', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/hang') return;
      json(response, '{"error":{"message":"token hunter2-secret is bad"}}', 403);
    });
    const started = performance.now();
    await expect(
      server.http({ limits: { connectMs: 8000, headersMs: 8000, totalMs: 300 } }).request({ path: '/hang' }),
    ).rejects.toMatchObject({
      kind: 'timeout',
      outcome: 'unknown',
    });
    expect(performance.now() - started).toBeLessThan(4000);
    await expect(server.http().request({ path: '/' })).rejects.toMatchObject({
      words: expect.stringContaining('token [removed] is bad') as string,
    });
  });
});
