import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModuleContext, ModuleServer, ModuleService } from '@/modules/sdk/contract';
import { createModuleContext } from '@/modules/sdk/module-context';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import created from './fixtures/create-server.json';
import chosen from './fixtures/create-server-chosen.json';
import taken from './fixtures/external-id-taken.json';
import usage from './fixtures/usage.json';
import pickaxe from './index';

interface Received {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: unknown;
}
interface Panel {
  received: Received[];
  server: ModuleServer;
  ctx(): ModuleContext;
}

const open: AnsweringServer[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** A panel that gives one answer to everything. */
async function panel(answer: { status: number; body: unknown }): Promise<Panel> {
  const received: Received[] = [];
  const listening = await answeringServer((request, response) => {
    void textOf(request).then((text) => {
      const { authorization, 'content-type': type } = request.headers;
      const headers = { authorization, 'content-type': type };
      received.push({ method: request.method ?? '', path: request.url ?? '', headers, body: text && JSON.parse(text) });
      response
        .writeHead(answer.status)
        .end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  open.push(listening);
  const server: ModuleServer = {
    id: 's',
    name: 'Oak',
    hostname: 'oak.example.com',
    ipAddress: '203.0.113.1',
    type: 'GAME',
    credentials: pickaxe.configSchema.parse({
      apiUrl: `${listening.url}/api/`,
      apiKey: 'pk_example',
      nodeId: 'node-7',
    }),
  };
  const policy = { allowCidrs: [], allowLoopbackPorts: [listening.port], forbiddenPorts: [] };
  const ctx = () => createModuleContext({ module: pickaxe, server, policy, secrets: ['pk_example'], limitMs: 1000 });
  return { received, server, ctx };
}

const service: ModuleService = {
  id: '018f0000-0000-7000-8000-000000000001',
  status: 'PENDING',
  domain: null,
  username: null,
  password: null,
  remoteId: null,
  dedicatedIp: null,
  additionalData: {},
  configOptions: [],
  product: { id: 'p', name: 'P', moduleSettings: {} },
  customer: { id: 'c', email: 'c@example.com', name: 'Ada', language: 'en' },
};
const ordered: ModuleService = {
  ...service,
  domain: 'play.example.com',
  configOptions: [
    { optionId: 'ram', quantity: 8192 },
    { optionId: 'cpu', quantity: 300 },
    { optionId: 'disk', quantity: 51_200 },
    { optionId: 'slots', quantity: 9 },
  ],
  product: { ...service.product, moduleSettings: { game: 'valheim' } },
};
const active: ModuleService = { ...service, status: 'ACTIVE', remoteId: 'srv-00042' };

describe('create', () => {
  it('sends the specified body with the usual sizes and reads the result', async () => {
    const { received, server, ctx } = await panel(created.answer);
    expect(await pickaxe.create(service, server, ctx())).toEqual({
      remoteId: 'srv-00042',
      username: 'srv-00042',
      dedicatedIp: '203.0.113.42',
      additionalData: { port: 25_607, ftpPort: 21_042 },
    });
    expect(received).toEqual([created.request]);
  });

  it('takes name, game and sizes from the order, and numbers as texts', async () => {
    const { received, server, ctx } = await panel(chosen.answer);
    expect(await pickaxe.create(ordered, server, ctx())).toEqual({
      remoteId: '42',
      username: '42',
      dedicatedIp: '203.0.113.42',
      additionalData: { port: 25_607 },
    });
    expect(received).toEqual([chosen.request]);
  });

  it('sends nothing for an order that cannot be meant', async () => {
    const { received, server, ctx } = await panel(created.answer);
    for (const quantity of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      const order = { ...service, configOptions: [{ optionId: 'ram', quantity }] };
      await expect(pickaxe.create(order, server, ctx())).rejects.toMatchObject({
        field: 'configOptions.ram',
        outcome: 'not-done',
      });
    }
    const order = { ...service, product: { ...service.product, moduleSettings: { game: '../rust' } } };
    await expect(pickaxe.create(order, server, ctx())).rejects.toMatchObject({ field: 'product.moduleSettings.game' });
    expect(received).toEqual([]);
  });

  it.each([{}, { serverId: '' }, { serverId: null }, { id: 'srv-1' }, [], null, 'srv-1', { success: true }])(
    'never takes %j for a server that was made',
    async (body) => {
      const { server, ctx } = await panel({ status: 201, body: JSON.stringify(body) });
      await expect(pickaxe.create(service, server, ctx())).rejects.toMatchObject({ outcome: 'unknown' });
    },
  );
});

describe('refusals', () => {
  const refusal = (code: string, field?: string) => ({
    error: { code, message: 'Because.', ...(field ? { field } : {}) },
  });

  it.each([
    [taken.answer.status, taken.answer.body, 'conflict refused'],
    [409, refusal('node_full'), 'capacity refused'],
    [422, refusal('unknown_game', 'game'), 'invalid-input refused'],
    [422, refusal('something_new'), 'invalid-input refused'],
    [404, refusal('node_not_found', 'nodeId'), 'policy not-done'],
    [404, refusal('route_not_found'), 'policy not-done'],
    [409, refusal('server_busy'), 'busy not-done'],
    [404, '<html>404</html>', 'busy unknown'],
    [404, {}, 'busy unknown'],
    [400, 'Bad Request', 'busy unknown'],
  ])('reads %i %j as %s', async (status, body, wanted) => {
    const { server, ctx } = await panel({ status, body });
    const error: unknown = await pickaxe.create(service, server, ctx()).catch((thrown: unknown) => thrown);
    const [kind, outcome] = wanted.split(' ');
    expect(error).toMatchObject({ name: 'ModuleError', kind, outcome });
  });

  it('believes "not there" only from Pickaxe itself', async () => {
    const proxy = await panel({ status: 404, body: '<html>Not found</html>' });
    await expect(pickaxe.getAccount?.(active, proxy.server, proxy.ctx())).rejects.toMatchObject({ outcome: 'unknown' });
    await expect(pickaxe.terminate(active, proxy.server, proxy.ctx())).rejects.toMatchObject({ outcome: 'unknown' });
    const itself = await panel({ status: 404, body: refusal('server_not_found') });
    expect(await pickaxe.getAccount?.(active, itself.server, itself.ctx())).toBeNull();
    await expect(pickaxe.terminate(active, itself.server, itself.ctx())).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('names our own field and never asks about a service that has no server', async () => {
    const { received, server, ctx } = await panel({ status: 422, body: refusal('invalid_request', 'disk') });
    await expect(pickaxe.create(service, server, ctx())).rejects.toMatchObject({ field: 'configOptions.disk' });
    await expect(pickaxe.terminate(service, server, ctx())).rejects.toMatchObject({
      kind: 'unsupported',
      outcome: 'not-done',
    });
    expect(received).toHaveLength(1);
  });
});

describe('reading', () => {
  it('keeps "no limit" and "not measured" apart', async () => {
    const { server, ctx } = await panel(usage.answer);
    expect(await pickaxe.getUsage?.(active, server, ctx())).toEqual({
      diskUsed: 1_048_576,
      diskLimit: 10_737_418_240,
      bandwidthUsed: 5,
      bandwidthLimit: Number.POSITIVE_INFINITY,
      cpuPercent: 12.5,
    });
    const silent = await panel({ status: 200, body: { serverId: 'srv-00042', disk: { used: null, limit: null } } });
    expect(await pickaxe.getUsage?.(active, silent.server, silent.ctx())).toEqual({
      diskUsed: Number.NaN,
      diskLimit: Number.POSITIVE_INFINITY,
      bandwidthUsed: Number.NaN,
      bandwidthLimit: Number.NaN,
    });
  });

  it("does not take the first of everybody's servers for its own when the panel ignores the filter", async () => {
    const others = [
      { serverId: 'a', externalId: 'x', status: 'running' },
      { serverId: 'b', status: 'running' },
    ];
    const { server, ctx } = await panel({ status: 200, body: { data: others, page: 1, pages: 1 } });
    expect(await pickaxe.getAccount?.(service, server, ctx())).toBeNull();
  });

  it('ends with an error at a panel that never comes to a last page', async () => {
    const { server, ctx } = await panel({ status: 200, body: { data: 'many', page: 1, pages: 9 } });
    const list = async () => {
      for await (const account of pickaxe.listAccounts?.(server, ctx()) ?? []) expect(account).toBeDefined();
    };
    await expect(list()).rejects.toMatchObject({ name: 'ModuleError', outcome: 'unknown' });
  });
});
