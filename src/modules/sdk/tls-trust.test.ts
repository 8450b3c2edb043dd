import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ModuleError } from './errors';
import { createPanelHttp } from './http';
import { inspectCertificate } from './inspect-certificate';
import { selfSigned } from './testing/self-signed';
import { normalisePin, spkiPin, type TlsTrust } from './tls-trust';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function panel(host: string, days?: number) {
  const { cert, key, x509 } = selfSigned(host, days);
  let requests = 0;
  const server = createServer({ cert, key }, (_request, response) => {
    requests += 1;
    response.writeHead(200, { connection: 'close' }).end('{}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (trust?: TlsTrust, name = 'panel.test') => {
    const http = createPanelHttp({
      baseUrl: () => `https://${name}:${port}`,
      policy: { allowCidrs: [], allowLoopbackPorts: [port], forbiddenPorts: [] },
      trust,
      limits: { connectMs: 2000, headersMs: 2000, totalMs: 2000 },
      secrets: ['top-secret-token'],
      resolver: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    });
    return http.request({ path: '/', headers: { authorization: 'Bearer top-secret-token' } });
  };
  return { port, ask, requests: () => requests, pin: spkiPin(x509), cert };
}

const policyFor = (port: number) => ({ allowCidrs: [], allowLoopbackPorts: [port], forbiddenPorts: [] });

async function refusal(call: Promise<unknown>): Promise<ModuleError> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ModuleError);
  return error as ModuleError; // asserted in the line above
}

describe('whom a server is trusted as', () => {
  it('refuses a self-signed, an expired, a misnamed and an exchanged certificate in different words, and sends nothing', async () => {
    const good = await panel('panel.test');
    const expired = await panel('panel.test', -1);
    const other = await panel('other.test');
    const errors = [
      await refusal(good.ask()),
      await refusal(expired.ask({ ca: expired.cert })),
      await refusal(other.ask({ ca: other.cert })),
      await refusal(good.ask({ pins: [other.pin] })),
    ];
    expect(errors.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(Array(4).fill('unreachable not-done'));
    expect(new Set(errors.map(({ words }) => words.replace(/:\d+/, ''))).size).toBe(4);
    expect(errors[0]?.words).toMatch(/self-signed/);
    expect(errors[1]?.words).toMatch(/expired/);
    expect(errors[2]?.words).toMatch(/another host name/);
    expect(errors[3]?.words).toContain(good.pin);
    expect(good.requests() + expired.requests() + other.requests()).toBe(0);
  });

  it('takes a pinned key again and again, also under a name and date that do not fit', async () => {
    const server = await panel('something-else.test', -1);
    for (let n = 0; n < 3; n += 1) expect((await server.ask({ pins: ['A'.repeat(44), server.pin] })).status).toBe(200);
    expect(server.requests()).toBe(3);
  });

  it('takes a private authority for the name it vouches for', async () => {
    const server = await panel('panel.test');
    expect((await server.ask({ ca: server.cert })).status).toBe(200);
  });

  it('reads a pin in every usual spelling', () => {
    const base64 = Buffer.alloc(32, 7).toString('base64');
    const hex = Buffer.alloc(32, 7).toString('hex');
    const colons = hex.match(/../g)?.join(':').toUpperCase() ?? '';
    for (const text of [base64, `sha256/${base64}`, hex, colons, ` ${hex} `]) expect(normalisePin(text)).toBe(base64);
  });
});

describe('looking at a certificate', () => {
  const resolver = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

  it('shows what the server has, without a request', async () => {
    const server = await panel('panel.test');
    const options = { policy: policyFor(server.port), timeoutMs: 2000, resolver };
    const seen = await inspectCertificate(`https://panel.test:${server.port}/api`, options);
    expect(seen).toMatchObject({ pin: server.pin, subject: 'CN=panel.test', names: ['panel.test'] });
    expect(seen.distrusted).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(Date.parse(seen.validTo)).toBeGreaterThan(Date.now());
    expect(server.requests()).toBe(0);
  });

  it('keeps to the address policy and says what is wrong', async () => {
    const server = await panel('panel.test');
    const closed = { policy: policyFor(1), timeoutMs: 2000, resolver };
    for (const host of ['panel.test', '127.0.0.1', '[::ffff:127.0.0.1]', '169.254.169.254']) {
      expect(await refusal(inspectCertificate(`https://${host}:${server.port}`, closed))).toMatchObject({
        kind: 'policy',
      });
    }
    const open = { ...closed, policy: policyFor(server.port) };
    expect((await refusal(inspectCertificate(`http://panel.test:${server.port}`, open))).words).toMatch(/https/);
    const nobody = await panel('gone.test');
    servers.pop()?.close();
    await expect
      .poll(
        async () =>
          (
            await refusal(
              inspectCertificate(`https://gone.test:${nobody.port}`, { ...closed, policy: policyFor(nobody.port) }),
            )
          ).kind,
      )
      .toBe('unreachable');
  });
});
