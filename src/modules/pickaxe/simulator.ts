import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type {
  SimulatorAnswer,
  SimulatorCall,
  SimulatorDefinition,
  SimulatorRequest,
} from '@/modules/sdk/simulator-definition';
import {
  accountOf,
  addServer,
  initialState,
  type PickaxeState,
  publicServer,
  type SimulatedServer,
  usageOf,
} from './simulator-state';

const whole = z.int().min(1).max(10_000_000);
const createBody = z.strictObject({
  name: z.string().min(1).max(253),
  nodeId: z.string().min(1),
  game: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i),
  ram: whole,
  cpu: whole,
  disk: whole,
  externalId: z.string().min(1).max(100).optional(),
});
const suspendBody = z.strictObject({ reason: z.string().max(1000).nullish() });
const passwordBody = z.strictObject({ password: z.string().min(8).max(200) });
const powerBody = z.strictObject({ action: z.enum(['start', 'stop', 'restart']) });
const sizeBody = z.strictObject({ ram: whole.optional(), cpu: whole.optional(), disk: whole.optional() });
const noBody = z.strictObject({});

function refuse(status: number, code: string, message: string, more: Record<string, unknown> = {}): SimulatorAnswer {
  return { status, body: { error: { code, message, ...more } } };
}
const unauthorised = refuse(401, 'unauthorised', 'The API key is not known.');
const notFound = refuse(404, 'server_not_found', 'There is no such server.');

function withBody<Body>(request: SimulatorRequest, schema: z.ZodType<Body>, work: (body: Body) => SimulatorAnswer) {
  const parsed = schema.safeParse(request.json());
  if (parsed.success) return work(parsed.data);
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.');
  return refuse(422, 'invalid_request', `${field || 'body'}: ${issue?.message ?? 'invalid'}`, field ? { field } : {});
}

function create(state: PickaxeState, request: SimulatorRequest): SimulatorAnswer {
  return withBody(request, createBody, (body) => {
    if (body.nodeId !== state.nodeId)
      return refuse(422, 'node_not_found', `There is no node ${body.nodeId}.`, { field: 'nodeId' });
    const { externalId = null } = body;
    const twin = externalId === null ? undefined : state.servers.find((server) => server.externalId === externalId);
    if (twin) {
      return refuse(409, 'external_id_taken', `Server ${twin.serverId} has this external id.`, {
        serverId: twin.serverId,
        externalId,
      });
    }
    const { serverId, ip, port, ftpPort } = addServer(state, { ...body, externalId });
    return { status: 201, body: { serverId, ip, port, ftpPort } };
  });
}

function paged(request: SimulatorRequest, items: unknown[]): SimulatorAnswer {
  const wanted = (name: string, fallback: number, most: number) => {
    const value = Number(request.query.get(name) ?? fallback);
    return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : fallback;
  };
  const perPage = wanted('perPage', 50, 200);
  const page = wanted('page', 1, Number.MAX_SAFE_INTEGER);
  const data = items.slice((page - 1) * perPage, page * perPage);
  return {
    status: 200,
    body: { data, page, perPage, pages: Math.max(1, Math.ceil(items.length / perPage)), total: items.length },
  };
}

function filtered(state: PickaxeState, request: SimulatorRequest): SimulatedServer[] {
  const { query } = request;
  return state.servers.filter(
    (server) =>
      (!query.has('externalId') || server.externalId === query.get('externalId')) &&
      (!query.has('nodeId') || server.nodeId === query.get('nodeId')),
  );
}

function login(state: PickaxeState, request: SimulatorRequest, whom: string): SimulatorAnswer {
  const token = randomBytes(24).toString('base64url');
  state.logins[token] = whom;
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  return { status: 200, body: { url: `http://${request.headers.host ?? '127.0.0.1'}/login/${token}`, expiresAt } };
}

function useLogin(state: PickaxeState, token: string): SimulatorAnswer {
  const whom = Object.hasOwn(state.logins, token) ? state.logins[token] : undefined;
  delete state.logins[token];
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  const page = (title: string) =>
    `<!doctype html><title>Pickaxe</title><h1>${title}</h1><p>This is a simulated panel.</p>`;
  if (!whom) return { status: 410, headers, body: page('This link was used or never existed') };
  return { status: 200, headers, body: page(`Signed in as ${whom}`) };
}

type ServerWork = (server: SimulatedServer, state: PickaxeState, request: SimulatorRequest) => SimulatorAnswer;
const done = (server: SimulatedServer): SimulatorAnswer => ({ status: 200, body: publicServer(server) });

/** What can be asked of one server, by method and the rest of the path. */
const SERVER_CALLS: Record<string, { op: string; work: ServerWork }> = {
  'GET ': { op: 'get', work: (server) => done(server) },
  'DELETE ': {
    op: 'terminate',
    work: (server, state) => {
      state.servers = state.servers.filter((other) => other !== server);
      return { status: 200, body: { deleted: true } };
    },
  },
  'PATCH ': {
    op: 'resize',
    work: (server, _, request) => withBody(request, sizeBody, (body) => done(Object.assign(server, body))),
  },
  'POST suspend': {
    op: 'suspend',
    work: (server, _, request) =>
      withBody(request, suspendBody, ({ reason }) =>
        done(Object.assign(server, { status: 'suspended', suspendedReason: reason ?? null })),
      ),
  },
  'POST unsuspend': {
    op: 'unsuspend',
    work: (server, _, request) =>
      withBody(request, noBody, () => {
        if (server.status === 'suspended') Object.assign(server, { status: 'running', suspendedReason: null });
        return done(server);
      }),
  },
  'PUT password': {
    op: 'password',
    work: (server, _, request) =>
      withBody(request, passwordBody, ({ password }) => done(Object.assign(server, { password }))),
  },
  'GET usage': { op: 'usage', work: (server) => ({ status: 200, body: usageOf(server) }) },
  'POST login': {
    op: 'sso',
    work: (server, state, request) => withBody(request, noBody, () => login(state, request, server.serverId)),
  },
  'POST power': {
    op: 'power',
    work: (server, _, request) =>
      withBody(request, powerBody, ({ action }) => {
        if (server.status === 'suspended') return refuse(409, 'server_suspended', 'The server is suspended.');
        return done(Object.assign(server, { status: action === 'stop' ? 'stopped' : 'running' }));
      }),
  },
};

const PANEL_CALLS: Record<
  string,
  { op: string; work: (state: PickaxeState, request: SimulatorRequest) => SimulatorAnswer }
> = {
  'GET /health': {
    op: 'health',
    work: (state, request) => {
      const nodeId = request.query.get('nodeId') ?? state.nodeId;
      if (nodeId !== state.nodeId)
        return refuse(404, 'node_not_found', `There is no node ${nodeId}.`, { field: 'nodeId' });
      return { status: 200, body: { status: 'ok', version: '2.8.1', nodeId, servers: state.servers.length } };
    },
  },
  'POST /servers': { op: 'create', work: create },
  'GET /servers': { op: 'list', work: (state, request) => paged(request, filtered(state, request).map(publicServer)) },
  'GET /usage': { op: 'usage', work: (state, request) => paged(request, filtered(state, request).map(usageOf)) },
  'POST /login': {
    op: 'sso',
    work: (state, request) => withBody(request, noBody, () => login(state, request, 'admin')),
  },
};

function knows(state: PickaxeState, request: SimulatorRequest): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${state.apiKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function route(request: SimulatorRequest, state: PickaxeState): SimulatorCall {
  const guarded = (op: string, work: () => SimulatorAnswer) => ({
    op,
    work: () => (knows(state, request) ? work() : unauthorised),
  });
  const panelCall = PANEL_CALLS[`${request.method} ${request.path}`];
  if (panelCall) return guarded(panelCall.op, () => panelCall.work(state, request));
  const [, area, id = '', rest = '', more] = request.path.split('/');
  if (request.method === 'GET' && area === 'login' && rest === '')
    return { op: 'login', work: () => useLogin(state, id) };
  const serverCall = area === 'servers' && more === undefined ? SERVER_CALLS[`${request.method} ${rest}`] : undefined;
  if (!serverCall) return guarded('unknown', () => refuse(404, 'route_not_found', 'There is no such call.'));
  return guarded(serverCall.op, () => {
    const server = state.servers.find(({ serverId }) => serverId === id);
    return server ? serverCall.work(server, state, request) : notFound;
  });
}

/** A pretend Pickaxe panel with one node. Its API key is made with its state and kept with it. */
export const pickaxeSimulator: SimulatorDefinition<PickaxeState> = {
  slug: 'pickaxe',
  initial: initialState,
  credentials: (url, { apiKey, nodeId }) => ({ apiUrl: url, apiKey, nodeId }),
  route,
  accounts: (state) => state.servers.map(accountOf),
  plant: (state, wanted) => {
    const planted = addServer(state, {
      externalId: wanted.externalId ?? null,
      name: wanted.domain ?? 'somebody-else',
      nodeId: state.nodeId,
      game: 'minecraft',
      ram: 2048,
      cpu: 100,
      disk: 10_240,
      ...(wanted.id || wanted.username ? { serverId: wanted.id ?? wanted.username ?? '' } : {}),
    });
    if (wanted.status === 'suspended') planted.status = 'suspended';
    return accountOf(planted);
  },
  remove: (state, id) => {
    const before = state.servers.length;
    state.servers = state.servers.filter(({ serverId }) => serverId !== id);
    return state.servers.length < before;
  },
  password: ({ servers }, id) => servers.find(({ serverId }) => serverId === id)?.password ?? null,
  refusal: refuse(422, 'invalid_request', 'This panel refuses the request as it stands.', { field: 'ram' }),
  unauthorised,
};
