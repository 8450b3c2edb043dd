import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries } from '@/lib/rate-limit';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import { selfSigned } from '@/modules/sdk/testing/self-signed';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import type { Checklist, CheckStep } from './check-line';
import { testConnectionInput } from './schema';
import { testConnection } from './test-connection';
import { testStoredServer } from './test-stored-server';

const ctx = systemContext('connection tests');
const certificate = selfSigned('127.0.0.1');
const world = {} as {
  panel: Simulator;
  page: AnsweringServer;
  failing: AnsweringServer;
  secure: TcpServer;
  closed: number;
};

beforeAll(async () => {
  world.panel = await startSimulator(pickaxeSimulator);
  world.page = await answeringServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>Welcome to nginx</title>');
  });
  world.failing = await answeringServer((_request, response) => {
    response.statusCode = 503;
    response.end('down');
  });
  world.secure = createHttps(certificate, (_request, response) => void response.end('<p>hello</p>'));
  await new Promise<void>((resolve) => world.secure.listen(0, '127.0.0.1', resolve));
  const gone = createTcp();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  world.closed = (gone.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
  const urls = [world.panel.url, world.page.url, world.failing.url, secureUrl(), `http://127.0.0.1:${world.closed}`];
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = urls.map((url) => new URL(url).port).join(',');
});
afterAll(async () => {
  await world.panel.stop();
  world.page.close();
  world.failing.close();
  world.secure.close();
});
beforeEach(() => forgetTries('connection-test', ctx.actor.name));

const secureUrl = () => `https://127.0.0.1:${(world.secure.address() as AddressInfo).port}`;
const test = (config: object, more: object = {}) =>
  testConnection(
    ctx,
    testConnectionInput.parse({ moduleSlug: 'pickaxe', config: { ...world.panel.credentials, ...config }, ...more }),
  );
const states = ({ lines }: Checklist) => Object.fromEntries(lines.map(({ step, state }) => [step, state]));
const line = ({ lines }: Checklist, step: CheckStep) => lines.find((one) => one.step === step);

describe('the connection test', () => {
  it('goes through every step of a good connection', async () => {
    const answer = await test({});
    expect(states(answer)).toEqual({
      resolved: 'ok',
      connected: 'ok',
      certificate: 'skipped',
      signedIn: 'ok',
      rights: 'skipped',
      version: 'ok',
    });
    expect(answer).toMatchObject({ ok: true, version: expect.stringMatching(/\d/), accountCount: 0 });
  });

  it('says each trouble in its own words, on the line where it lies', async () => {
    const troubles: [string, CheckStep, object][] = [
      ['loginRefused', 'signedIn', { apiKey: 'planted-wrong-key' }],
      ['notReachable', 'connected', { apiUrl: `http://127.0.0.1:${world.closed}` }],
      ['nameUnknown', 'resolved', { apiUrl: 'https://no-such-panel.invalid' }],
      ['addressRefused', 'resolved', { apiUrl: 'http://169.254.169.254/api' }],
      ['notThisPanel', 'signedIn', { apiUrl: world.page.url }],
      ['panelFailing', 'signedIn', { apiUrl: world.failing.url }],
      ['certificateUntrusted', 'certificate', { apiUrl: secureUrl() }],
      ['noEncryption', 'certificate', { apiUrl: world.page.url.replace('http:', 'https:') }],
    ];
    const causes = new Set<string>();
    for (const [code, step, config] of troubles) {
      const answer = await test(config, { language: 'en' });
      expect([code, answer.ok, line(answer, step)?.code]).toEqual([code, false, code]);
      const { cause, cure } = line(answer, step) ?? {};
      expect(cure).toBeTruthy();
      causes.add(cause ?? '');
      expect(JSON.stringify(answer)).not.toContain('planted-wrong-key');
      await forgetTries('connection-test', ctx.actor.name);
    }
    expect(causes.size).toBe(troubles.length);
  });

  it('shows a certificate that nobody vouches for, and accepts it once it is trusted', async () => {
    const shown = await test({ apiUrl: secureUrl() });
    expect(shown.certificate).toMatchObject({ subject: 'CN=127.0.0.1', issuer: 'CN=127.0.0.1' });
    expect(line(shown, 'signedIn')?.state).toBe('skipped');
    const pins = [shown.certificate?.pin ?? ''];
    const trusted = await test({ apiUrl: secureUrl() }, { pins });
    expect(line(trusted, 'certificate')?.state).toBe('ok');
    // Trusted now, and asked: it is no Pickaxe.
    expect(line(trusted, 'signedIn')?.code).toBe('notThisPanel');
    const other = await test({ apiUrl: secureUrl() }, { pins: ['A'.repeat(43).concat('=')] });
    expect(line(other, 'certificate')?.code).toBe('certificateChanged');
  });

  it('may be asked for in two halves, and speaks the reader’s language', async () => {
    expect((await test({}, { part: 'network' })).lines.map(({ step }) => step)).toEqual([
      'resolved',
      'connected',
      'certificate',
    ]);
    const panel = await test({ apiKey: 'wrong' }, { part: 'panel', language: 'tr' });
    expect(panel.lines.map(({ step }) => step)).toEqual(['signedIn', 'rights', 'version']);
    expect(panel.lines[0]?.cause).toBe('Panel yanıt verdi ve girişi reddetti.');
  });

  it('refuses settings that are not complete on their field, and the eleventh test of a minute', async () => {
    await expect(test({ nodeId: '' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      issues: [{ path: ['config', 'nodeId'] }],
    });
    for (let count = 2; count <= 10; count++) await test({ apiUrl: 'http://169.254.169.254' });
    await expect(test({})).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('a stored secret', () => {
  async function stored() {
    await db.$executeRaw`TRUNCATE "ServerModule" CASCADE`;
    const { id: moduleId } = await makeServerModule({ slug: 'pickaxe' });
    return makeServer({ moduleId, config: world.panel.credentials });
  }

  it('stands in for an empty one, and is never sent to another host', async () => {
    const { id: serverId } = await stored();
    expect((await test({ apiKey: '' }, { serverId })).ok).toBe(true);
    await expect(test({ apiKey: '', apiUrl: world.page.url }, { serverId })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      issues: [{ path: ['config', 'apiKey'] }],
    });
    expect(world.page.seen.filter((call) => call.includes('planted'))).toEqual([]);
  });

  it('is used by the test of a server, which keeps its result', async () => {
    const { id } = await stored();
    const answer = await testStoredServer(ctx, { id, part: 'all', language: 'en' });
    expect(answer.ok).toBe(true);
    expect(await db.server.findUnique({ where: { id }, include: { checks: true } })).toMatchObject({
      version: answer.version,
      lastCheckedAt: expect.any(Date),
      checks: [{ ok: true, kind: null }],
    });
    world.panel.fault({ op: 'health', fault: 'http401' });
    expect((await testStoredServer(ctx, { id, part: 'panel', language: 'en' })).lines[0]?.code).toBe('loginRefused');
    world.panel.clearFaults();
    expect(await db.serverCheck.findFirst({ where: { serverId: id, ok: false } })).toMatchObject({ kind: 'auth' });
    await expect(testStoredServer(ctx, { id: uuidv7(), part: 'all', language: 'en' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
