import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SCOPES } from '@/features/api-keys/permissions';
import { createCode } from '@/features/sso/create-code';
import { makeApiKey } from '@/lib/api-key';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { cookieOf } from '@/trpc/testing/call';
import { canonicalText, sign } from '../../inngest/embedded/protocol';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { ROUTES, serveRoutes } from './testing/serve-routes';

/** Read once by what is imported above: a panel for the internet, with a signing key and a token for its metrics. */
const SETTINGS = vi.hoisted(() => {
  const settings = {
    INNGEST_DEV: '0',
    INNGEST_EVENT_KEY: 'event-key',
    INNGEST_SIGNING_KEY: `signkey-prod-${'ab'.repeat(32)}`,
    HYBLE_METRICS_TOKEN: 'a-token-of-sixteen-or-more',
  };
  Object.assign(process.env, settings);
  return settings;
});

const CALLERS = [
  'nobody',
  'owner',
  'another customer',
  'support',
  'admin',
  'a key with every scope',
  'an ended session',
];
type Who = (typeof CALLERS)[number];
const headers: Record<Who, Record<string, string>> = {};
const people: Record<Who, { name: string; email: string }> = {};

let routes: Awaited<ReturnType<typeof serveRoutes>>;
let panel: Simulator;
let serviceId: string;
let serverId: string;

beforeAll(async () => {
  routes = await serveRoutes();
  panel = await startSimulator(pickaxeSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = new URL(panel.url).port;
  const person = async (who: Who, role: 'ADMIN' | 'SUPPORT' | 'CUSTOMER') => {
    const user = await makeUser({ role, name: `Name of ${who}` });
    headers[who] = { cookie: await cookieOf(user.id) };
    people[who] = user;
    return user;
  };
  headers.nobody = {};
  const owner = await person('owner', 'CUSTOMER');
  const other = await person('another customer', 'CUSTOMER');
  await person('support', 'SUPPORT');
  const admin = await person('admin', 'ADMIN');
  const ended = await person('an ended session', 'ADMIN');
  await db.session.updateMany({ where: { userId: ended.id }, data: { revokedAt: new Date() } });
  const { key, keyHash, hint } = makeApiKey();
  await db.apiKey.create({ data: { name: 'Billing', keyHash, hint, scopes: [...SCOPES], createdById: admin.id } });
  headers['a key with every scope'] = { authorization: `Bearer ${key}` };

  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe' });
  serverId = (await makeServer({ moduleId, config: panel.credentials })).id;
  const remoteId = panel.plant({ status: 'active' }).id;
  const { id: customerId } = await makeCustomer({ userId: owner.id });
  await makeCustomer({ userId: other.id });
  const { id: productId } = await makeProduct({ moduleId });
  const account = { customerId, productId, serverId, remoteId, username: remoteId };
  serviceId = (await makeService({ ...account, status: 'ACTIVE' })).id;
});
afterAll(async () => {
  routes.stop();
  await panel.stop();
});

interface Asked {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

async function ask(who: Who, { path, headers: more, ...init }: Asked): Promise<Response> {
  const sent = { ...headers[who], ...more };
  return fetch(`${routes.url}${path}`, { ...init, headers: sent, redirect: 'manual' });
}

/** The status, and where a redirect leads. */
function outcome(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) return String(response.status);
  if (location.startsWith(`${panel.url}/login/`)) return 'panel';
  const { pathname, search } = new URL(location, routes.url);
  return `${pathname.replace(serviceId, 'ID').replace(serverId, 'ID')}${search}`;
}

const form = (path: string, fields: Record<string, string> = {}, from = routes.url): Asked => ({
  path,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: from },
  body: new URLSearchParams(fields).toString(),
});
const query = (path: string, input: unknown): Asked => ({
  path: `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
});

/** As the sign-in page does: with the token that belongs to a cookie of its own. */
async function signInAs(who: Who, fields: Record<string, string>): Promise<string> {
  const given = await ask(who, { path: '/api/auth/csrf' });
  const { csrfToken } = await given.json();
  const cookies = [headers[who]?.cookie, ...given.headers.getSetCookie().map((one) => one.split(';')[0])];
  const { path, ...init } = form('/api/auth/callback/credentials', { csrfToken, json: 'true', ...fields });
  const cookie = cookies.filter(Boolean).join('; ');
  const response = await ask(who, { path, ...init, headers: { ...init.headers, cookie } });
  const isIn = response.headers.getSetCookie().some((one) => one.includes('session'));
  return isIn ? 'signed in' : String(response.status);
}

async function nameInSession(who: Who): Promise<string> {
  const { user } = await (await ask(who, { path: '/api/auth/session' })).json();
  return user === undefined ? 'nothing' : user.name === people[who]?.name ? 'own name' : 'somebody else';
}

let calls = 0;
const stepCall = (signed: boolean): Asked => {
  calls += 1;
  const event = { name: 'inngest/scheduled.timer', data: { calls }, id: '1', ts: 1 };
  const ctx = { attempt: 0, run_id: `r${calls}`, stack: { current: 0, stack: [] }, use_api: false };
  const body = canonicalText({ ctx, event, events: [event], steps: {}, version: 1, use_api: false });
  const signature = sign(body, SETTINGS.INNGEST_SIGNING_KEY, Date.now());
  return {
    path: '/api/inngest?fnId=hyble-heartbeat&stepId=step',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signed && { 'x-inngest-signature': signature }) },
    body,
  };
};

interface Row {
  what: string;
  /** What a caller gets; all of them, or one for each of `CALLERS`. */
  gets: string | readonly string[];
  act: (who: Who) => Promise<string>;
}
const row = (what: string, gets: Row['gets'], asked: (who: Who) => Asked): Row => ({
  what,
  gets,
  act: async (who) => outcome(await ask(who, asked(who))),
});

const OWNER_ONLY = ['401', '200', '404', '403', '403', '403', '401'];
const STAFF_ONLY = ['401', '403', '403', '200', '200', '200', '401'];
const OUT = '/sign-in';

const TABLE: Record<string, Row[]> = {
  '/api/[...path]': [
    row('what is not there', '404', () => ({ path: '/api/nothing' })),
    row('a change of what is not there', '404', () => form('/api/nothing/at/all')),
  ],
  '/api/health': [
    row('how the parts are', '200', () => ({ path: '/api/health' })),
    row('by a form', '405', () => form('/api/health')),
  ],
  '/api/metrics': [
    row('without the token', '401', () => ({ path: '/api/metrics' })),
    row('with the token', '200', () => ({
      path: '/api/metrics',
      headers: { authorization: `Bearer ${SETTINGS.HYBLE_METRICS_TOKEN}` },
    })),
  ],
  '/api/trpc/[trpc]': [
    row('a service of the owner', OWNER_ONLY, () => query('my.service', { id: serviceId })),
    row('all servers', STAFF_ONLY, () => query('servers.list', {})),
    row('the staff', ['401', '403', '403', '403', '200', '403', '401'], () => query('users.list', {})),
  ],
  '/api/auth/[...nextauth]': [
    {
      what: 'whose session it is',
      gets: ['nothing', 'own name', 'own name', 'own name', 'own name', 'nothing', 'nothing'],
      act: nameInSession,
    },
    {
      what: 'in by a wrong password',
      gets: '401',
      act: (who) => signInAs(who, { email: (people[who] ?? people.admin)?.email ?? '', password: 'not the right one' }),
    },
    row('in by a form without its token', '/api/auth/signin?csrf=true', () =>
      form('/api/auth/callback/credentials', { email: 'a@example.com', password: 'any' }),
    ),
    row('out by a form without its token', '/api/auth/signout?csrf=true', () => form('/api/auth/signout')),
  ],
  '/api/inngest': [
    row('the list of functions', '401', () => ({ path: '/api/inngest' })),
    row('a step', '401', () => stepCall(false)),
    row('a new registration', '401', () => ({ path: '/api/inngest', method: 'PUT', body: '{}' })),
    {
      what: 'a signed step, and the same once more',
      gets: '206 then 401',
      act: async (who) => {
        const call = stepCall(true);
        return `${outcome(await ask(who, call))} then ${outcome(await ask(who, call))}`;
      },
    },
  ],
  '/sso/[serviceId]': [
    row('by its address', '405', () => ({ path: `/sso/${serviceId}` })),
    row(
      'by its button',
      [OUT, 'panel', '404', '/services/ID?login=reason', '/services/ID?login=reason', OUT, OUT],
      () => form(`/sso/${serviceId}`),
    ),
    row('with a reason', [OUT, 'panel', '404', 'panel', 'panel', OUT, OUT], () =>
      form(`/sso/${serviceId}`, { reason: 'Ticket 4711' }),
    ),
    row(
      "by another site's button",
      [OUT, '/my/ID', '/my/ID', '/services/ID', '/services/ID', OUT, OUT].map((page) =>
        page === OUT ? page : `${page.replace('/my/', '/my/services/')}?login=other-site`,
      ),
      () => form(`/sso/${serviceId}`, {}, 'https://evil.example'),
    ),
  ],
  '/sso/server/[serverId]': [
    row('by its address', '405', () => ({ path: `/sso/server/${serverId}` })),
    row('with a reason', [OUT, '404', '404', '404', 'panel', OUT, OUT], () =>
      form(`/sso/server/${serverId}`, { reason: 'Ticket 4711' }),
    ),
    row('without a reason', [OUT, '404', '404', '404', '/servers/ID?login=reason', OUT, OUT], () =>
      form(`/sso/server/${serverId}`),
    ),
  ],
  '/sso/code': [
    row('by its address', '405', () => ({ path: '/sso/code' })),
    row('with a code that nobody made', '410', () => form('/sso/code', { code: 'x'.repeat(43) })),
    row("by another site's button", '403', () => form('/sso/code', { code: 'x'.repeat(43) }, 'https://evil.example')),
    {
      what: 'with a code, and the same once more',
      gets: 'panel then 410',
      act: async (who) => {
        const { url } = await createCode(systemContext('matrix'), { serviceId, action: '' });
        const asked = form('/sso/code', { code: url.split('#')[1] ?? '' });
        return `${outcome(await ask(who, asked))} then ${outcome(await ask(who, asked))}`;
      },
    },
  ],
};

it('every route answers everybody over HTTP as it must', async () => {
  expect(Object.keys(TABLE).sort()).toEqual(ROUTES);
  const wrong: string[] = [];
  let cells = 0;
  for (const [route, rows] of Object.entries(TABLE)) {
    for (const { what, gets, act } of rows) {
      for (const [index, who] of CALLERS.entries()) {
        const [got, wanted] = [await act(who), typeof gets === 'string' ? gets : gets[index]];
        cells += 1;
        // So many tries from one place would be refused for their number.
        await db.rateLimit.deleteMany();
        if (got !== wanted) wrong.push(`${route}, ${what}: ${who} gets ${got}, not ${wanted}`);
      }
    }
  }
  const asked = Object.values(TABLE).flat().length;
  console.log(
    `${ROUTES.length} routes, ${asked} kinds of calls x ${CALLERS.length} callers = ${cells} cells, ${wrong.length} exceptions`,
  );
  expect(wrong).toEqual([]);
}, 60_000);

/** As much as a test says, sent without a length. */
const chunked = (bytes: number) =>
  new ReadableStream({
    pull(controller) {
      if (bytes <= 0) controller.close();
      else controller.enqueue(new Uint8Array(64 * 1024).fill(97));
      bytes -= 64 * 1024;
    },
  });

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

it.each([
  ['/api/trpc/users.requestLink', JSON_TYPE, 300_000, 413],
  ['/api/auth/callback/credentials', FORM_TYPE, 300_000, 413],
  ['/api/auth/signout', FORM_TYPE, 20_000, 413],
  ['/api/inngest?fnId=hyble-heartbeat&stepId=step', JSON_TYPE, 34_000_000, 413],
  ['/sso/code', FORM_TYPE, 20_000, 400],
] as const)('%s refuses a body that is too large, whether it says so or not', async (path, type, bytes, status) => {
  const sent = { method: 'POST', headers: { 'content-type': type, origin: routes.url } };
  const statuses = [];
  for (const body of [new Uint8Array(bytes), chunked(bytes)]) {
    const response = await fetch(`${routes.url}${path}`, { ...sent, body, duplex: 'half' } as RequestInit);
    statuses.push(response.status);
    expect(response.headers.getSetCookie()).toEqual([]);
  }
  expect(statuses).toEqual([status, status]);
});

it.each(['text/plain', JSON_TYPE, 'multipart/form-data; boundary=x', ''])(
  'a sign-in is no form when it comes as "%s"',
  async (type) => {
    for (const body of ['{', 'null', '{"callbackUrl":{}}', 'email=a']) {
      const sent = { method: 'POST', headers: { 'content-type': type }, body };
      expect((await fetch(`${routes.url}/api/auth/callback/credentials`, sent)).status).toBe(415);
    }
  },
);

it('a sign-in without a length works as one with a length', async () => {
  const given = await ask('nobody', { path: '/api/auth/csrf' });
  const { csrfToken } = await given.json();
  const cookie = given.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const fields = {
    csrfToken,
    json: 'true',
    email: people.admin?.email ?? '',
    password: 'a password of twelve or more',
  };
  const response = await fetch(`${routes.url}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { 'content-type': FORM_TYPE, cookie },
    body: new Blob([new URLSearchParams(fields).toString()]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect([response.status, response.headers.getSetCookie().some((one) => one.includes('session'))]).toEqual([
    200,
    true,
  ]);
});
