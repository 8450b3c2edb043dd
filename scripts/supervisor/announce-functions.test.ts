import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { announceFunctions } from './announce-functions.mjs';

let server: http.Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

async function web(answers: [number, string][]): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const [status, body] = answers.shift() ?? [500, ''];
    response.writeHead(status, { connection: 'close' }).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it('asks until the server knows the functions, and says once why it is not at once', async () => {
  const { url, asked } = await web([
    [500, '{"message":"Failed to register; fetch failed"}'],
    [500, '<html>'],
    [200, '{"message":"Successfully registered"}'],
  ]);
  const said: string[] = [];
  const log = (line: string) => said.push(line);
  expect(await announceFunctions({ url, log, signal: new AbortController().signal, waitMs: 1 })).toBe(true);
  expect(asked).toEqual(Array(3).fill('PUT /api/inngest'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('Failed to register; fetch failed');
});

it('says what to do when it is in vain', async () => {
  const { url } = await web([]);
  const said: string[] = [];
  const log = (line: string) => said.push(line);
  expect(await announceFunctions({ url, log, signal: new AbortController().signal, waitMs: 1 })).toBe(false);
  expect(said.at(-1)).toMatch(/INNGEST_BASE_URL[\s\S]*curl -X PUT/);
});
