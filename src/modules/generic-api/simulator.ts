import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type {
  SimulatorAnswer,
  SimulatorCall,
  SimulatorDefinition,
  SimulatorRequest,
} from '@/modules/sdk/simulator-definition';
import {
  addAccount,
  addTask,
  type DepotAccount,
  type DepotState,
  initialState,
  publicOf,
  simulatedOf,
  usageOf,
} from './simulator-state';

/*
 * A pretend panel called Depot, made to be awkward: it answers with empty bodies, bare values, plain text and headers,
 * makes an account in two calls, and has a second way of creating that only accepts.
 */

const newAccount = z.strictObject({
  label: z.string().min(1).max(200),
  domain: z.string().max(253).nullish(),
  note: z.string().max(100).nullish(),
  diskKib: z.int().min(0).nullish(),
});
const access = z.strictObject({ login: z.string().min(1).max(64), password: z.string().min(8).max(200) });
const password = z.strictObject({ password: z.string().min(8).max(200) });
const size = z.strictObject({ diskKib: z.int().min(0) });

function refuse(status: number, code: string, message: string): SimulatorAnswer {
  return { status, body: { ok: false, error: { code, message } } };
}
const unauthorised = refuse(401, 'who_are_you', 'The key is not known.');
const noAccount = refuse(404, 'no_such_account', 'There is no such account.');

function withBody<Body>(request: SimulatorRequest, schema: z.ZodType<Body>, work: (body: Body) => SimulatorAnswer) {
  const parsed = schema.safeParse(request.json());
  if (parsed.success) return work(parsed.data);
  const [issue] = parsed.error.issues;
  return refuse(422, 'not_valid', `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'invalid'}`);
}

function create(state: DepotState, request: SimulatorRequest, accepted: boolean): SimulatorAnswer {
  return withBody(request, newAccount, ({ label, domain = null, note = null, diskKib = null }) => {
    const twin = note !== null && state.accounts.some((account) => account.note === note);
    if (twin) return refuse(409, 'note_taken', 'An account with this note is there already.');
    const account = addAccount(state, { label, domain, note, diskKib });
    if (accepted) return { status: 202, body: { task: addTask(state, account.id).id } };
    return { status: 201, headers: { location: `/accounts/${account.id}` } };
  });
}

function paged(request: SimulatorRequest, items: unknown[]): SimulatorAnswer {
  const per = 100;
  const page = Math.max(1, Number(request.query.get('page') ?? 1) || 1);
  const pages = Math.max(1, Math.ceil(items.length / per));
  return { status: 200, body: { items: items.slice((page - 1) * per, page * per), page, pages } };
}

function list(state: DepotState, request: SimulatorRequest): SimulatorAnswer {
  const note = request.query.get('note');
  return paged(request, state.accounts.filter((account) => note === null || account.note === note).map(publicOf));
}

function poll(state: DepotState, id: string): SimulatorAnswer {
  const task = state.tasks.find((one) => one.id === id);
  if (!task) return refuse(404, 'no_such_task', 'There is no such task.');
  task.polls += 1;
  const done = task.polls > 1;
  return {
    status: 200,
    body: {
      state: done ? 'finished' : 'running',
      step: 'copying files',
      percent: done ? 100 : 40,
      account: task.accountId,
    },
  };
}

type Work = (account: DepotAccount, state: DepotState, request: SimulatorRequest) => SimulatorAnswer;
const text = (body: string): SimulatorAnswer => ({ status: 200, headers: { 'content-type': 'text/plain' }, body });

/** What can be asked of one account, by method and the rest of the path. */
const ACCOUNT_CALLS: Record<string, { op: string; work: Work }> = {
  'GET ': { op: 'get', work: (account) => ({ status: 200, body: publicOf(account) }) },
  'DELETE ': {
    op: 'terminate',
    work: (account, state) => {
      state.accounts = state.accounts.filter((other) => other !== account);
      return { status: 200, body: true };
    },
  },
  'PATCH ': {
    op: 'resize',
    work: (account, _, request) =>
      withBody(request, size, (body) => ({ status: 200, body: publicOf(Object.assign(account, body)) })),
  },
  'PUT access': {
    op: 'access',
    work: (account, _, request) =>
      withBody(request, access, (body) => {
        account.access = body;
        return { status: 204 };
      }),
  },
  'POST suspend': {
    op: 'suspend',
    work: (account) => {
      account.state = 'suspended';
      return text('OK\n');
    },
  },
  'POST resume': {
    op: 'unsuspend',
    work: (account) => {
      account.state = 'running';
      return text('OK\n');
    },
  },
  'PUT password': {
    op: 'password',
    work: (account, _, request) =>
      withBody(request, password, (body) => {
        account.access = { login: account.access?.login ?? account.label, password: body.password };
        return { status: 200, body: 1 };
      }),
  },
  'GET usage': { op: 'usage', work: (account) => ({ status: 200, body: usageOf(account) }) },
  'POST login': {
    op: 'sso',
    work: (account, _, request) => {
      const link = `http://${request.headers.host ?? '127.0.0.1'}/enter/${account.id}-${crypto.randomUUID()}`;
      return { status: 200, body: { link } };
    },
  },
  'POST restart': {
    op: 'restart',
    work: (account, state) => ({ status: 202, body: { task: addTask(state, account.id).id } }),
  },
};

const PANEL_CALLS: Record<
  string,
  { op: string; work: (state: DepotState, request: SimulatorRequest) => SimulatorAnswer }
> = {
  'GET /ping': {
    op: 'health',
    work: (state) => ({ status: 200, body: { pong: true, version: '3.1', accounts: state.accounts.length } }),
  },
  'POST /accounts': { op: 'create', work: (state, request) => create(state, request, false) },
  'POST /jobs/accounts': { op: 'create', work: (state, request) => create(state, request, true) },
  'GET /accounts': { op: 'list', work: list },
  'GET /usage': { op: 'usage', work: (state, request) => paged(request, state.accounts.map(usageOf)) },
};

function knows(state: DepotState, request: SimulatorRequest): boolean {
  const given = Buffer.from(request.headers['x-depot-key'] ?? '');
  const wanted = Buffer.from(state.key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function route(request: SimulatorRequest, state: DepotState): SimulatorCall {
  const guarded = (op: string, work: () => SimulatorAnswer) => ({
    op,
    work: () => (knows(state, request) ? work() : unauthorised),
  });
  const panelCall = PANEL_CALLS[`${request.method} ${request.path}`];
  if (panelCall) return guarded(panelCall.op, () => panelCall.work(state, request));
  const [, area, id = '', rest = '', more] = request.path.split('/');
  if (request.method === 'GET' && area === 'tasks' && rest === '') return guarded('task', () => poll(state, id));
  const call = area === 'accounts' && more === undefined ? ACCOUNT_CALLS[`${request.method} ${rest}`] : undefined;
  if (!call) return guarded('unknown', () => refuse(404, 'no_such_call', 'There is no such call.'));
  return guarded(call.op, () => {
    const account = state.accounts.find((one) => String(one.id) === id);
    return account ? call.work(account, state, request) : noAccount;
  });
}

/** A pretend panel for definitions. Its key is made with its state and kept with it. */
export const depotSimulator: SimulatorDefinition<DepotState> = {
  slug: 'generic-depot',
  initial: initialState,
  credentials: (url, { key }) => ({ baseUrl: url, key }),
  route,
  accounts: (state) => state.accounts.map(simulatedOf),
  plant: (state, wanted) => {
    const planted = addAccount(state, {
      label: wanted.username ?? 'somebody-else',
      domain: wanted.domain ?? null,
      note: wanted.externalId ?? null,
      diskKib: 1_048_576,
    });
    planted.access = { login: wanted.username ?? 'stranger', password: 'not-known-here' };
    if (wanted.status === 'suspended') planted.state = 'suspended';
    return simulatedOf(planted);
  },
  remove: (state, id) => {
    const before = state.accounts.length;
    state.accounts = state.accounts.filter((account) => String(account.id) !== id);
    return state.accounts.length < before;
  },
  refusal: refuse(422, 'not_valid', 'This panel refuses the request as it stands.'),
  unauthorised,
};
