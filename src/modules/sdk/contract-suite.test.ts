import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { ModuleContext, ModuleServer, ModuleService, RemoteAccount, ServerModuleInterface } from './contract';
import { openBench } from './contract-bench';
import { describeServerModule } from './contract-suite';
import { ModuleError, ModulePending } from './errors';
import { apiAddress, secret } from './fields';
import { contextOf } from './require-context';
import type { SimulatedAccount, SimulatorDefinition } from './simulator-definition';
import { startSimulator } from './simulator-host';

/**
 * A module of the other kind than most: the panel stores no id of ours, answers creates with a task, and is asked by
 * user name. The suite has to work for such a panel as well.
 */
interface TaskState {
  key: string;
  accounts: SimulatedAccount[];
}
const taskSimulator: SimulatorDefinition<TaskState> = {
  slug: 'tasks',
  initial: () => ({ key: 'k-0123456789abcdef', accounts: [] }),
  credentials: (url, { key }) => ({ url, key }),
  route(request, state) {
    const id = request.path.split('/')[2] ?? '';
    const body = z.looseObject({ username: z.string(), domain: z.string() }).safeParse(request.json());
    const found = state.accounts.find((account) => account.id === id);
    const set = (status: string) => {
      if (found) found.status = status;
      return found ? { status: 200, body: found } : { status: 404, body: { no: 'account' } };
    };
    const works: Record<string, [string, () => { status: number; body: unknown }]> = {
      'GET ping': ['health', () => ({ status: 200, body: { pong: true } })],
      'GET accounts': ['get', () => (found ? { status: 200, body: found } : { status: 404, body: { no: 'account' } })],
      'POST accounts': [
        'create',
        () => {
          if (!body.success) return { status: 422, body: { no: 'body' } };
          const { username, domain } = body.data;
          const taken = state.accounts.some((account) => account.username === username || account.domain === domain);
          if (taken) return { status: 409, body: { no: 'taken' } };
          state.accounts.push({ id: username, externalId: null, username, domain, status: 'active' });
          return { status: 202, body: { task: `make-${username}` } };
        },
      ],
      'PUT accounts': ['update', () => set(request.query.get('status') ?? 'active')],
      'DELETE accounts': [
        'terminate',
        () => {
          const gone = set('gone');
          state.accounts = state.accounts.filter((account) => account !== found);
          return gone;
        },
      ],
    };
    const [op, work] = works[`${request.method} ${request.path.split('/')[1]}`] ?? [
      'unknown',
      () => ({ status: 404, body: {} }),
    ];
    const known = request.headers.authorization === `Bearer ${state.key}`;
    return { op, work: () => (known ? work() : { status: 401, body: { no: 'login' } }) };
  },
  accounts: (state) => state.accounts,
  plant(state, wanted) {
    const id = wanted.id ?? wanted.username ?? `planted${state.accounts.length}`;
    const account = { id, externalId: null, username: id, domain: null, status: 'active', ...wanted };
    state.accounts.push(account);
    return account;
  },
  remove(state, id) {
    const before = state.accounts.length;
    state.accounts = state.accounts.filter((account) => account.id !== id);
    return state.accounts.length < before;
  },
  refusal: { status: 422, body: { no: 'thanks' } },
  unauthorised: { status: 401, body: { no: 'login' } },
};

const config = z.strictObject({ url: apiAddress({ title: 'Address' }), key: secret({ title: 'Key' }) });
const answerShape = z.looseObject({});
const KINDS: Record<number, 'not-found' | 'conflict'> = { 404: 'not-found', 409: 'conflict' };

async function ask(
  server: ModuleServer,
  ctx: ModuleContext | undefined,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  more = {},
) {
  const { key } = config.parse(server.credentials);
  const answer = await contextOf(ctx).http.request({
    method,
    path,
    headers: { authorization: `Bearer ${key}` },
    ...more,
  });
  const body = answer.json();
  if (answer.status >= 400)
    throw new ModuleError({ kind: KINDS[answer.status] ?? 'invalid-input', words: `The panel said ${answer.status}.` });
  if (!answerShape.safeParse(body).success)
    throw new ModuleError({ kind: 'busy', words: 'The answer lacks its result.' });
  return body;
}

const path = (service: ModuleService) => `/accounts/${service.remoteId ?? service.username}`;
const status = async (service: ModuleService, server: ModuleServer, ctx: ModuleContext | undefined, value: string) => {
  await ask(server, ctx, 'PUT', path(service), { query: { status: value } });
  return true;
};

const tasks: ServerModuleInterface = {
  name: 'Tasks',
  slug: 'tasks',
  version: '1.0.0',
  configSchema: config,
  policies: {
    duplicates: 'look-up-only',
    proof: 'name-domain-owner-time',
    username: { scope: 'account', minLength: 3, maxLength: 12 },
  },
  getEndpoint: (server) => config.parse(server.credentials).url,
  testConnection: async (server, ctx) => Boolean(await ask(server, ctx, 'GET', '/ping')),
  async create(service, server, ctx) {
    const answer = await ask(server, ctx, 'POST', '/accounts', {
      json: { username: service.username, domain: service.domain },
    });
    const { task } = z.looseObject({ task: z.string() }).parse(answer);
    throw new ModulePending(task, 0);
  },
  async resume(ref, service, server, ctx) {
    await ask(server, ctx, 'GET', path(service));
    expect(ref).toBe(`make-${service.username}`);
    return { username: service.username ?? '' };
  },
  async getAccount(service, server, ctx): Promise<RemoteAccount | null> {
    try {
      const found = (await ask(server, ctx, 'GET', path(service))) as SimulatedAccount; // this file's own simulator
      return {
        remoteId: found.id,
        username: found.id,
        domain: found.domain ?? '',
        status: found.status === 'active' ? 'active' : 'suspended',
      };
    } catch (error) {
      if (error instanceof ModuleError && error.kind === 'not-found') return null;
      throw error;
    }
  },
  suspend: (service, server, ctx) => status(service, server, ctx, 'suspended'),
  unsuspend: (service, server, ctx) => status(service, server, ctx, 'active'),
  terminate: async (service, server, ctx) => Boolean(await ask(server, ctx, 'DELETE', path(service))),
  changePassword: (service, server, _password, ctx) => status(service, server, ctx, 'active'),
};

/** Stands for a real panel: what is told of it is a file, and nothing else of it is known. */
const real = await startSimulator(taskSimulator);
const folder = mkdtempSync(join(tmpdir(), 'hyble-live-'));
const file = join(folder, 'panel.json');
const allowLoopbackPorts = [Number(new URL(real.url).port)];
writeFileSync(file, JSON.stringify({ credentials: real.credentials, domain: 'live.example', allowLoopbackPorts }));
process.env.HYBLE_LIVE_TASKS = file;
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await real.stop();
});

describeServerModule({ module: tasks, simulator: taskSimulator });

it('runs the same on a real panel that a file names, and leaves nothing there', () => {
  const { accounts, calls } = real.state();
  expect(accounts).toEqual([]);
  expect(new Set(calls.map(({ op }) => op))).toEqual(new Set(['health', 'get', 'create', 'update', 'terminate']));
});

it('is about a panel that stores no id of ours', () => {
  expect(tasks.policies?.proof).toBe('name-domain-owner-time');
});

it('gives each order a name of its own, however short names are', async () => {
  const bench = await openBench(tasks, taskSimulator);
  const names = Array.from({ length: 300 }, () => bench.newService().username);
  await bench.stop();
  expect(new Set(names).size).toBe(names.length);
});
