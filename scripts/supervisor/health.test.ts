import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { askHealth, untilWeb, watchdog } from './health.mjs';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A health address that answers with this, or never when it is null. */
async function serve(answer: () => string | null): Promise<string> {
  server = createServer((_request, response) => {
    const text = answer();
    if (text !== null) response.writeHead(503).end(text);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // an IP listener always has one
  return `http://127.0.0.1:${port}/api/health`;
}

it('reads the answer whatever its status, and null for anything that is no JSON', async () => {
  let text: string | null = '{"status":"degraded"}';
  const url = await serve(() => text);
  expect(await askHealth(url)).toEqual({ status: 'degraded' });
  text = '<html>';
  expect(await askHealth(url)).toBeNull();
  text = null;
  expect(await askHealth(url, 50)).toBeNull();
  expect(await askHealth('http://127.0.0.1:9/')).toBeNull();
});

it('does not take a stranger on the port for our web process', async () => {
  let bootId = 'stranger';
  const url = await serve(() => JSON.stringify({ bootId, database: 'ok' }));
  const ready = vi.fn();
  const waiting = untilWeb(url, 'ours', new AbortController().signal).then(ready);
  await vi.waitFor(async () => expect(await askHealth(url)).toMatchObject({ bootId: 'stranger' }));
  expect(ready).not.toHaveBeenCalled();
  bootId = 'ours';
  await waiting;
  expect(ready).toHaveBeenCalledOnce();
});

it('kills a child that no longer answers, and leaves one alone that does', async () => {
  let hangs = false;
  const url = await serve(() => (hangs ? null : '{}'));
  const kill = vi.fn();
  const child = { name: 'web process', pid: () => 1, kill };
  const accept = vi.fn(() => true);
  const end = watchdog({ child, url, accept, log: () => {}, limitMs: 300, everyMs: 20 });
  try {
    await vi.waitFor(() => expect(accept.mock.calls.length).toBeGreaterThan(5));
    expect(kill).not.toHaveBeenCalled();
    hangs = true;
    await vi.waitFor(() => expect(kill).toHaveBeenCalledWith('SIGKILL'), { timeout: 8000 });
  } finally {
    end();
  }
}, 12_000);

it('leaves one alone that is still starting, however short the limit is afterwards', async () => {
  let pid = 1;
  let hangs = true;
  let asked = 0;
  const url = await serve(() => {
    asked += 1;
    return hangs ? null : '{}';
  });
  const kill = vi.fn();
  const child = { name: 'web process', pid: () => pid, kill };
  const accept = vi.fn(() => true);
  const end = watchdog({ child, url, accept, log: () => {}, limitMs: 100, everyMs: 20, startMs: 1000 });
  try {
    await vi.waitFor(() => expect(asked).toBeGreaterThan(15));
    expect(kill).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(kill).toHaveBeenCalledTimes(1), { timeout: 3000 });
    // The next process: it answers, then it hangs.
    pid = 2;
    hangs = false;
    await vi.waitFor(() => expect(accept).toHaveBeenCalled());
    const answered = Date.now();
    hangs = true;
    await vi.waitFor(() => expect(kill).toHaveBeenCalledTimes(2), { timeout: 3000 });
    expect(Date.now() - answered).toBeLessThan(900);
  } finally {
    end();
  }
});
