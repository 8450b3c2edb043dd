import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModuleServer } from '@/modules/sdk/contract';
import { createModuleContext } from '@/modules/sdk/module-context';
import { selfSigned } from '@/modules/sdk/testing/self-signed';
import { spkiPin, type TlsTrust } from '@/modules/sdk/tls-trust';
import cpanel from './index';

/** A fresh WHM: its certificate is signed by itself. */
const { cert, key, x509 } = selfSigned('host.example.com');
const another = selfSigned('host.example.com');
const seen: string[] = [];
const whm = createServer({ cert, key }, (request, response) => {
  seen.push(request.headers.authorization ?? '');
  const data = request.url?.includes('myprivs') ? { privileges: [{ all: 1 }] } : { version: '11.136.0.9' };
  response.end(JSON.stringify({ metadata: { result: 1, reason: 'OK', version: 1 }, data }));
});
beforeAll(() => new Promise<void>((resolve) => whm.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  whm.closeAllConnections();
  whm.close();
});

function test(trust?: TlsTrust) {
  const { port } = whm.address() as AddressInfo; // an IP listener always has one
  const server: ModuleServer = {
    id: 's',
    name: 'Elm',
    hostname: 'host.example.com',
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: cpanel.configSchema.parse({ hostname: 'host.example.com', port, accessHash: 'AB12\nCD34\n' }),
  };
  const policy = { allowCidrs: [], allowLoopbackPorts: [port], forbiddenPorts: [] };
  const resolver = () => Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]);
  const ctx = createModuleContext({ module: cpanel, server, policy, secrets: [], limitMs: 2000, resolver, trust });
  return cpanel.testConnection(server, ctx);
}

it('gives its token to a WHM with a certificate of its own only when that is pinned', async () => {
  for (const trust of [undefined, { pins: [spkiPin(another.x509)] }])
    await expect(test(trust)).rejects.toMatchObject({
      outcome: 'not-done',
      words: expect.stringMatching(/certificate/i),
    });
  expect(seen).toEqual([]);
  expect(await test({ pins: [spkiPin(x509)] })).toBe(true);
  expect(seen).toEqual(['whm root:AB12CD34', 'whm root:AB12CD34']);
});
