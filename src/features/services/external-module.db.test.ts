import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { getModuleDetail, listModuleItems } from '@/features/modules/queries';
import { moduleFilter } from '@/features/modules/schema';
import { syncModules } from '@/features/modules/sync-modules';
import { playRun } from '@/features/operations/testing/play-run';
import { createProduct } from '@/features/products/create-product';
import { createProductInput } from '@/features/products/schema';
import { createServer as addServer } from '@/features/servers/create-server';
import { createServerInput, testConnectionInput } from '@/features/servers/schema';
import { testConnection } from '@/features/servers/test-connection';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { loadExternalModules } from '@/modules/registry';
import { makeCustomer } from '../../../prisma/factories/customer';
import { createService } from './create-service';
import { requestSuspend } from './request-suspend';

// The executor's address is read when the client is made, so it has to be there before anything is imported.
const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);

/** Written by somebody who read the specification and nothing else: (service, server), its own fetch, true or false. */
const SOURCE = (zod: string) => `
import { z } from ${JSON.stringify(zod)};
const call = async (server, method, path, body) => {
  const answer = await fetch(server.credentials.url + path, {
    method, headers: { authorization: server.credentials.token }, ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) return false;
  return (await answer.json());
};
export default class PlainPanel {
  name = 'Plain panel';
  slug = 'plain-panel';
  version = '0.1.0';
  configSchema = z.object({ url: z.url(), token: z.string().min(1).meta({ title: 'Access token', secret: true }) });
  async testConnection(server) { return Boolean(await call(server, 'GET', '/ping')); }
  async create(service, server) {
    const made = await call(server, 'POST', '/accounts', { domain: service.domain, ram: service.configOptions[0]?.quantity });
    if (!made) throw new Error('The panel said no.');
    return { username: made.user, password: 'given-by-the-panel', additionalData: { port: 25565 } };
  }
  async suspend(service, server) { return Boolean(await call(server, 'POST', '/accounts/' + service.username + '/suspend')); }
  async unsuspend() { return true; }
  async terminate() { return true; }
  async changePassword() { return true; }
}`;

const panel = {} as {
  server: Server;
  url: string;
  accounts: Map<string, { domain: string; ram: number; suspended: boolean }>;
};
const folder = mkdtempSync(join(tmpdir(), 'plain-module-'));
const ctx = systemContext('test');

beforeAll(async () => {
  panel.accounts = new Map();
  panel.server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    if (request.headers.authorization !== 'planted-token') return response.writeHead(401).end('{}');
    const [, user] = /^\/accounts\/(\w+)\/suspend$/.exec(request.url ?? '') ?? [];
    if (request.method === 'POST' && request.url === '/accounts')
      panel.accounts.set(`user${panel.accounts.size + 1}`, { ...JSON.parse(text), suspended: false });
    const account = user === undefined ? undefined : panel.accounts.get(user);
    if (account) account.suspended = true;
    return response.end(JSON.stringify({ user: `user${panel.accounts.size}` }));
  });
  await new Promise<void>((resolve) => panel.server.listen(0, '127.0.0.1', resolve));
  panel.url = `http://127.0.0.1:${(panel.server.address() as AddressInfo).port}`;
  const file = join(folder, 'plain-panel.mjs');
  writeFileSync(file, SOURCE(import.meta.resolve('zod')));
  writeFileSync(join(folder, 'README.md'), '# Plain panel\n\nPaste the token.');
  await loadExternalModules([file]);
  await syncModules();
});
afterAll(async () => {
  await catcher.stop();
  panel.server.close();
  rmSync(folder, { recursive: true });
});

const config = () => ({ url: panel.url, token: 'planted-token' });

it('a class written to the specification alone is listed, shows its form and can be tested', async () => {
  const { items } = await listModuleItems(moduleFilter.parse({}));
  const item = items.find(({ slug }) => slug === 'plain-panel');
  expect(item).toMatchObject({
    name: 'Plain panel',
    isExternal: true,
    type: 'custom',
    capabilities: { lookUp: false },
  });
  expect(await getModuleDetail({ id: item?.id ?? '', language: 'tr' })).toMatchObject({
    forms: {
      config: { properties: { token: { title: 'Access token', secret: true } }, required: ['url', 'token'] },
      settings: null,
    },
    policies: null,
    readme: { text: '# Plain panel\n\nPaste the token.' },
  });
  const test = (token: string) =>
    testConnection(ctx, testConnectionInput.parse({ moduleSlug: 'plain-panel', config: { ...config(), token } }));
  // It says nothing of where it dials, so there is the one line that its own test gives.
  expect(await test('planted-token')).toMatchObject({ ok: true, lines: [{ step: 'signedIn', state: 'ok' }] });
  expect(await test('wrong')).toMatchObject({ ok: false, lines: [{ step: 'signedIn', code: 'settingsWrong' }] });
});

it('and it provisions: one order, one account, then a suspend', async () => {
  await addServer(
    ctx,
    createServerInput.parse({
      name: 'Plain one',
      hostname: 'plain.example.com',
      ipAddress: '192.0.2.9',
      type: 'DEDICATED',
      moduleSlug: 'plain-panel',
      config: config(),
      maxAccounts: 3,
    }),
  );
  const option = { id: 'ram', label: 'Memory', unit: 'MB', min: 1024, max: 4096, step: 1024, default: 2048 };
  const product = createProductInput.parse({ name: 'Plain plan', moduleSlug: 'plain-panel', configOptions: [option] });
  const { id: productId } = await createProduct(ctx, product);
  const order = { productId, customerId: (await makeCustomer()).id, domain: 'shop.example.com' };
  const { serviceId, operationId } = await createService(ctx, order);
  await playRun(operationId);
  expect(await db.service.findUnique({ where: { id: serviceId } })).toMatchObject({
    status: 'ACTIVE',
    username: 'user1',
    additionalData: { port: 25565 },
  });
  expect([...panel.accounts.values()]).toEqual([{ domain: 'shop.example.com', ram: 2048, suspended: false }]);
  await requestSuspend(ctx, { id: serviceId, reason: 'unpaid' });
  const suspend = await db.operation.findFirstOrThrow({ where: { serviceId, kind: 'SUSPEND' } });
  await playRun(suspend.id);
  expect(await db.service.findUnique({ where: { id: serviceId } })).toMatchObject({ status: 'SUSPENDED' });
  expect(panel.accounts.get('user1')?.suspended).toBe(true);
});
