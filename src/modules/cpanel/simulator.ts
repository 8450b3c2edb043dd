import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  SimulatorAnswer,
  SimulatorCall,
  SimulatorDefinition,
  SimulatorRequest,
} from '@/modules/sdk/simulator-definition';
import { ACCOUNT_CALLS, type Work } from './simulator-accounts';
import { READ_CALLS } from './simulator-reads';
import { accessDenied, no, page, speak } from './simulator-speech';
import { addAccount, type CpanelState, cpanelState, freeName, panelNow, shownAccount } from './simulator-state';

const CALLS: Record<string, { op: string; needs: string | null; work: Work }> = { ...READ_CALLS, ...ACCOUNT_CALLS };
const LOGIN_PAGE = /^\/cpsess\d{10}\/login\/$/;
const SERVICES: Record<string, string> = { cpaneld: 'cPanel', whostmgrd: 'WHM', webmaild: 'Webmail' };

const digest = (text: string) => createHash('sha256').update(text).digest();

function knows({ login }: CpanelState, { headers }: SimulatorRequest): boolean {
  const given = /^whm\s+([^:]+:.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(`${login.user}:${login.token}`));
}

function may({ login, privileges }: CpanelState, needs: string | null): boolean {
  return needs === null || login.user === 'root' || privileges.includes(needs);
}

/** Parameters count wherever they stand. */
function parametersOf({ query, headers, body }: SimulatorRequest): URLSearchParams {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams([...query, ...(isForm ? new URLSearchParams(body) : [])]);
}

function openSession(state: CpanelState, key: string): SimulatorAnswer {
  const session = Object.hasOwn(state.sessions, key) ? state.sessions[key] : undefined;
  delete state.sessions[key];
  if (!session || session.expires < panelNow(state)) return page('login', 'This link was used or never existed');
  return page('frame', `Signed in to ${SERVICES[session.service] ?? session.service} as ${session.user}`);
}

function perform(state: CpanelState, request: SimulatorRequest, name: string): SimulatorAnswer {
  if (state.page) return page(state.page);
  if (!knows(state, request)) return state.dialect.politelyDenying ? { ...accessDenied, status: 200 } : accessDenied;
  const given = parametersOf(request);
  const version = given.get('api.version');
  const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
  if (!call)
    return speak(state, name, no(`Unknown app (“${name}”) requested for this version (1) of the API.`), version);
  if (!may(state, call.needs)) return speak(state, name, no(`You do not have permission to call “${name}”.`), version);
  return speak(state, name, call.work(given, state, request.headers.host ?? '127.0.0.1'), version);
}

function route(request: SimulatorRequest, state: CpanelState): SimulatorCall {
  const name = /^\/json-api\/([\w-]+)$/.exec(request.path)?.[1];
  if (name !== undefined) {
    const op = Object.hasOwn(CALLS, name) ? (CALLS[name]?.op ?? 'unknown') : 'unknown';
    return { op, work: () => perform(state, request, name) };
  }
  if (request.method === 'GET' && LOGIN_PAGE.test(request.path))
    return { op: 'login', work: () => openSession(state, request.query.get('session') ?? '') };
  // Whatever else is asked for is answered with the frame of the web pages, as if all were well.
  return { op: 'frame', work: () => page('frame') };
}

/** A pretend WHM of root with two packages. Its token is made with its state and kept with it. */
export const cpanelSimulator: SimulatorDefinition<CpanelState> = {
  slug: 'cpanel',
  initial: () => cpanelState(),
  credentials: (url, { login }) => {
    const { hostname, port } = new URL(url);
    return { hostname, port: Number(port), username: login.user, accessHash: login.token, useSsl: false };
  },
  route,
  accounts: ({ accounts }) => accounts.map(shownAccount),
  plant: (state, wanted) => {
    const user = wanted.id ?? wanted.username ?? freeName(state);
    const planted = addAccount(state, { user, domain: wanted.domain ?? `${user}.example.com` });
    if (wanted.owner) planted.owner = wanted.owner;
    if (wanted.createdAt) planted.startedAt = Math.floor(Date.parse(wanted.createdAt) / 1000);
    if (wanted.status === 'suspended') planted.suspended = true;
    return shownAccount(planted);
  },
  remove: (state, id) => {
    const before = state.accounts.length;
    state.accounts = state.accounts.filter(({ user }) => user !== id);
    return state.accounts.length < before;
  },
  password: ({ accounts }, id) => accounts.find(({ user }) => user === id)?.password ?? null,
  refusal: speak(
    cpanelState({ login: { user: 'root', token: '' } }),
    'createacct',
    no(
      'Sorry, the password you selected cannot be used because it is too weak and would be too easy to guess. Please select a password with strength rating of 65 or higher.',
    ),
    '1',
  ),
  unauthorised: accessDenied,
};

/** The same panel over a state of one's own, which stays in the caller's hands. */
export function simulatorOf(state: CpanelState): SimulatorDefinition<CpanelState> {
  return { ...cpanelSimulator, initial: () => state };
}
