import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ModuleServer, ModuleService, ServerModuleInterface } from '@/modules/sdk/contract';
import { ModulePending } from '@/modules/sdk/errors';
import { createModuleContext } from '@/modules/sdk/module-context';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import { checkDefinition } from './check-definition';
import { type DefinitionFile, definitionSchema } from './definition';
import { makeModule } from './index';

interface Answer {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
}
/** Answers by `METHOD /path?query`, in turn where there are several. */
let answers: Record<string, Answer[]> = {};
let seen: { line: string; headers: IncomingMessage['headers'] }[] = [];
let panel: AnsweringServer;
beforeAll(async () => {
  panel = await answeringServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    seen.push({ line, headers: request.headers });
    const list = answers[line] ?? [];
    const answer = (list.length > 1 ? list.shift() : list[0]) ?? { status: 404, body: '{"error":"nowhere"}' };
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? '{}');
  });
});
beforeEach(() => {
  answers = {};
  seen = [];
});
afterAll(() => panel.close());

const TEST = { calls: [{ title: 'Test', request: { path: '/ping' } }] };
const CREATE = {
  calls: [{ title: 'Create', request: { method: 'POST', path: '/a' } }],
  result: { remoteId: '"1"' },
} as const;

function moduleOf(parts: Partial<DefinitionFile>, operations: Partial<DefinitionFile['operations']> = {}) {
  const definition = definitionSchema.parse({
    slug: 'mine',
    name: 'Mine',
    connection: { authentication: { by: 'none' } },
    ...parts,
    operations: { testConnection: TEST, create: CREATE, ...operations },
  });
  expect(checkDefinition(definition).issues).toEqual([]);
  return makeModule(definition, 1);
}

function at(module: ServerModuleInterface, credentials: Record<string, unknown> = {}): ModuleServer {
  const parsed = module.configSchema.parse({ baseUrl: panel.url, ...credentials });
  return { id: 's', name: 's', hostname: 's', ipAddress: '', type: 'SHARED', credentials: parsed };
}

const service: ModuleService = {
  id: 'service-1',
  status: 'ACTIVE',
  domain: 'example.com',
  username: 'ada',
  password: 'secret-password',
  remoteId: '7',
  dedicatedIp: null,
  additionalData: {},
  configOptions: [],
  product: { id: 'p', name: 'p', moduleSettings: {} },
  customer: { id: 'c', email: 'c@example.com', name: 'Ada', language: 'en' },
};

function context(module: ServerModuleInterface, server: ModuleServer) {
  const policy = { allowCidrs: [], allowLoopbackPorts: [panel.port], forbiddenPorts: [] };
  return createModuleContext({ module, server, policy, secrets: [], limitMs: 3000, idempotencyKey: 'key:1' });
}

it.each([
  ['bearer', { by: 'bearer' }, { token: 't1' }, { authorization: 'Bearer t1' }, 'GET /ping'],
  ['basic', { by: 'basic' }, { username: 'u', password: 'p' }, { authorization: 'Basic dTpw' }, 'GET /ping'],
  ['a header', { by: 'header', name: 'X-Key', prefix: 'Token ' }, { key: 'k' }, { 'x-key': 'Token k' }, 'GET /ping'],
  ['a parameter', { by: 'query', name: 'api_key' }, { key: 'k&x' }, {}, 'GET /ping?api_key=k%26x'],
] as const)('logs in by %s', async (_, authentication, credentials, headers, line) => {
  answers[line] = [{}];
  const module = moduleOf({ connection: { authentication } });
  const server = at(module, credentials);
  expect(await module.testConnection(server, context(module, server))).toBe(true);
  expect(seen).toMatchObject([{ line, headers }]);
});

it('sends the idempotency key with changes alone, one of its own for each call', async () => {
  answers = { 'POST /a': [{}], 'POST /b': [{}], 'GET /ping': [{}] };
  const second = { title: 'Second', request: { method: 'POST', path: '/b' } } as const;
  const module = moduleOf(
    { connection: { authentication: { by: 'none' }, idempotencyHeader: 'Idempotency-Key' } },
    { create: { ...CREATE, calls: [...CREATE.calls, second] } },
  );
  expect(module.policies?.duplicates).toBe('idempotency-key');
  const server = at(module);
  await module.create(service, server, context(module, server));
  await module.testConnection(server, context(module, server));
  expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['key:1', 'key:1:2', undefined]);
});

const WAIT = {
  path: '/tasks/{{ kept.task }}',
  wanted: 'status == 202',
  done: 'body.state == "done"',
  failed: 'body.state == "failed"',
  gone: 'status == 404',
  note: 'body.step',
  percent: 'body.percent',
  everySeconds: 2,
  forSeconds: 60,
};

async function suspendAccepted() {
  answers['POST /7/suspend'] = [{ status: 202, body: '{"task":"t9"}' }];
  const keep = [{ name: 'task', value: 'body.task' }];
  const call = {
    title: 'Suspend',
    request: { method: 'POST', path: '/{{ service.remoteId }}/suspend' },
    keep,
    wait: WAIT,
  } as const;
  const module = moduleOf({}, { suspend: { calls: [call] } });
  const server = at(module);
  const pending: unknown = await module
    .suspend(service, server, context(module, server))
    .catch((error: unknown) => error);
  if (!(pending instanceof ModulePending)) throw pending;
  const resume = (ref = pending.ref) => module.resume?.(ref, service, server, context(module, server));
  return { pending, resume };
}

it('waits for what was only accepted, tells how far it is, and ends when it is done', async () => {
  const { pending, resume } = await suspendAccepted();
  expect(pending).toMatchObject({ pollAfterMs: 2000, note: 'Suspend' });
  answers['GET /tasks/t9'] = [
    { body: '{"state":"runs","step":"moving files","percent":40}' },
    { body: '{"state":"done"}' },
  ];
  await expect(resume()).rejects.toMatchObject({ name: 'ModulePending', note: 'moving files', percent: 40 });
  expect(await resume()).toBe(true);
});

it('tells "failed" from "nobody knows": forgotten, too late, and an answer of somebody else', async () => {
  const { pending, resume } = await suspendAccepted();
  answers['GET /tasks/t9'] = [
    { body: '{"state":"failed","step":"disk full"}' },
    { status: 404 },
    { body: '<html>busy</html>' },
    { body: '{"state":"runs"}' },
  ];
  await expect(resume()).rejects.toMatchObject({ outcome: 'refused', words: expect.stringContaining('disk full') });
  await expect(resume()).rejects.toMatchObject({ kind: 'not-found', outcome: 'unknown' });
  await expect(resume()).rejects.toMatchObject({ kind: 'busy', outcome: 'unknown' });
  const late = JSON.stringify({ ...JSON.parse(pending.ref), since: Date.now() - 61_000 });
  await expect(resume(late)).rejects.toMatchObject({ kind: 'not-found', outcome: 'unknown' });
});

it('does not call a failure "nothing happened" after an earlier call was done', async () => {
  answers = { 'POST /a': [{}], 'POST /b': [{ status: 422, body: '{"message":"no such plan"}' }] };
  const second = { title: 'Second', request: { method: 'POST', path: '/b' } } as const;
  const module = moduleOf({}, { create: { ...CREATE, calls: [...CREATE.calls, second] } });
  const server = at(module);
  await expect(module.create(service, server, context(module, server))).rejects.toMatchObject({
    outcome: 'unknown',
    words: expect.stringContaining('no such plan'),
  });
});

it('does not believe "not there" of an address that the definition does not know', async () => {
  const account = { remoteId: 'string(item.id)' };
  const call = { title: 'Look', request: { path: '/accounts', query: [{ name: 'q', value: '{{ service.id }}' }] } };
  const module = moduleOf({}, { getAccount: { calls: [call], item: 'body.list[0]', account } });
  const server = at(module);
  const look = () => module.getAccount?.(service, server, context(module, server));
  const line = 'GET /accounts?q=service-1';
  await expect(look()).rejects.toMatchObject({ kind: 'busy' });
  answers[line] = [{ body: '{"list":[]}' }, { body: '{"other":1}' }, { body: '{"list":[{"id":5}]}' }];
  expect(await look()).toBeNull();
  await expect(look()).rejects.toMatchObject({ kind: 'busy', words: expect.stringContaining('body.list[0]') });
  expect(await look()).toMatchObject({ remoteId: '5', status: 'active' });
});

it('reads a list by the cursor that the panel names', async () => {
  answers = {
    'GET /list': [{ body: '{"items":[{"id":1}],"next":"b/c"}' }],
    'GET /list?from=b%2Fc': [{ body: '{"items":[{"id":2}],"next":null}' }],
  };
  const call = { title: 'List', request: { path: '/list', query: [{ name: 'from', value: '{{ cursor }}' }] } };
  const list = { items: 'body.items', cursor: 'body.next' };
  const module = moduleOf({}, { listAccounts: { calls: [call], list, account: { remoteId: 'item.id' } } });
  const server = at(module);
  const ids: string[] = [];
  for await (const { remoteId } of module.listAccounts?.(server, context(module, server)) ?? []) ids.push(remoteId);
  expect(ids).toEqual(['1', '2']);
});

it('names what is wrong with a definition, and where', () => {
  const definition = definitionSchema.parse({
    slug: 'wrong',
    name: 'Wrong',
    connection: { authentication: { by: 'bearer' } },
    serverFields: [{ name: 'token', title: 'Token' }],
    productFields: [{ name: 'size', title: 'Size', kind: 'choice' }],
    rules: { duplicates: 'look-up-only', proof: 'external-id' },
    operations: {
      testConnection: { calls: [{ title: 'T', request: { path: 'ping?x=1' }, answer: 'text' }] },
      create: {
        calls: [{ title: 'C', request: { path: '/{{ service.nothing }}/{{ fields.token' } }],
        result: { remoteId: 'fields.token +' },
      },
      getServerInfo: {
        calls: [{ title: 'I', request: { path: '/{{ service.id }}' }, wait: WAIT }],
        version: 'service.id',
      },
    },
  });
  expect(checkDefinition(definition).issues.map(({ path }) => path.join('.'))).toEqual([
    'serverFields.0.name',
    'productFields.0.choices',
    'operations.testConnection.calls.0.request.path',
    'operations.testConnection.calls.0.doneWhen',
    'operations.create.calls.0.request.path',
    'operations.create.result.remoteId',
    'operations.getServerInfo.calls.0.request.path',
    'operations.getServerInfo.calls.0.wait',
    'operations.getServerInfo.calls.0.wait.path',
    'operations.getServerInfo.version',
    'rules.duplicates',
    'rules.proof',
  ]);
});
