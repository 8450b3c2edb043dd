import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import { afterEach, expect, it } from 'vitest';
import { announceFunctions } from './announce-functions.mjs';

let server: http.Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function web(
  answers: [number, string][],
  asked: (string | undefined)[] = [],
): Promise<{ url: string; asked: (string | undefined)[] }> {
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const [status, body] = answers.shift() ?? [500, ''];
    response.writeHead(status, { connection: 'close' }).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const asking = (log: (line: string) => unknown) => ({
  signingKey: undefined,
  log,
  signal: new AbortController().signal,
  waitMs: 1,
});

it('asks until the server knows the functions, and says once why it is not at once', async () => {
  const { url, asked } = await web([
    [500, '{"message":"Failed to register; fetch failed"}'],
    [500, '<html>'],
    [200, '{"message":"Successfully registered"}'],
  ]);
  const said: string[] = [];
  const log = (line: string) => said.push(line);
  expect(await announceFunctions({ ...asking(log), url })).toBe(true);
  expect(asked).toEqual(Array(3).fill('PUT /api/inngest'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('Failed to register; fetch failed');
});

it('says what to do when it is in vain', async () => {
  const { url } = await web([]);
  const said: string[] = [];
  const log = (line: string) => said.push(line);
  expect(await announceFunctions({ ...asking(log), url })).toBe(false);
  expect(said.at(-1)).toMatch(/INNGEST_BASE_URL[\s\S]*restart/);
});

it('signs what it asks, so that the web process does it for nobody else', async () => {
  const signingKey = `signkey-prod-${'ab'.repeat(32)}`;
  const registered: (string | undefined)[] = [];
  const { url: baseUrl } = await web([[200, '{"ok":true}']], registered);
  const client = new Inngest({ id: 'app', isDev: false, signingKey, eventKey: 'k', baseUrl, aiMetadata: false });
  const program = http.createServer(serve({ client, functions: [], enableUnauthedSync: false }));
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(program.address() as AddressInfo).port}`;
  try {
    expect((await fetch(`${url}/api/inngest`, { method: 'PUT', body: '{}' })).status).toBe(401);
    expect(registered).toEqual([]);
    expect(await announceFunctions({ ...asking(() => {}), url, signingKey })).toBe(true);
    expect(registered).toHaveLength(1);
  } finally {
    program.closeAllConnections();
    program.close();
  }
});
