import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries } from '@/lib/rate-limit';
import { clearAudit } from '@/lib/testing/clear-audit';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import { cookieOf } from '@/trpc/testing/call';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { makeUser } from '../../../prisma/factories/user';
import { recentForeignLinks } from './foreign-links';
import { handleServerLogin, handleServiceLogin } from './handle-login';

const ORIGIN = 'http://panel.example';
const world = {} as { panel: Simulator; hijacked: AnsweringServer; link: string };
const users = {} as Record<'owner' | 'other' | 'support' | 'admin', { id: string; cookie: string }>;
const ids = {} as Record<'service' | 'server' | 'tried' | 'customer' | 'product' | 'module' | 'remote', string>;

beforeAll(async () => {
  world.panel = await startSimulator(pickaxeSimulator);
  world.hijacked = await answeringServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: world.link, expiresAt: new Date().toISOString() }));
  });
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = [world.panel.url, world.hijacked.url]
    .map((url) => new URL(url).port)
    .join(',');
  for (const [name, role] of [
    ['owner', 'CUSTOMER'],
    ['other', 'CUSTOMER'],
    ['support', 'SUPPORT'],
    ['admin', 'ADMIN'],
  ] as const) {
    const { id } = await makeUser({ role });
    users[name] = { id, cookie: await cookieOf(id) };
  }
  ids.module = (await makeServerModule({ slug: 'pickaxe' })).id;
  ids.product = (await makeProduct({ moduleId: ids.module })).id;
  ids.customer = (await makeCustomer({ userId: users.owner.id })).id;
  await makeCustomer({ userId: users.other.id });
});
afterAll(async () => {
  await world.panel.stop();
  world.hijacked.close();
});
beforeEach(async () => {
  world.panel.clearFaults();
  for (const { id } of Object.values(users)) await forgetTries('panel-login', id);
  await clearAudit();
  ids.server = (await makeServer({ moduleId: ids.module, config: world.panel.credentials })).id;
  ids.remote = world.panel.plant({ status: 'active' }).id;
  ids.service = await serviceOn(ids.server);
});

async function serviceOn(serverId: string): Promise<string> {
  const { customer: customerId, product: productId, remote: remoteId } = ids;
  const { id } = await makeService({ customerId, productId, serverId, remoteId, username: remoteId, status: 'ACTIVE' });
  return id;
}

type Who = keyof typeof users | null;
function post(who: Who, path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString();
  return new Request(`${ORIGIN}${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
      origin: ORIGIN,
      host: 'panel.example',
      ...(who && { cookie: users[who].cookie }),
      ...headers,
    },
  });
}
const login = (who: Who, fields = {}, headers = {}, id = ids.service) =>
  handleServiceLogin(post(who, `/sso/${id}`, fields, headers), id);
const openServer = (who: Who, fields = {}) =>
  handleServerLogin(post(who, `/sso/server/${ids.server}`, fields), ids.server);
const placeOf = (response: Response) => response.headers.get('location') ?? '';
const audited = () => db.auditEntry.findMany({ orderBy: { at: 'asc' } });
const asked = () => world.panel.state().calls.filter(({ op }) => op === 'sso').length;

describe('the login button of a service', () => {
  it('leads its owner to the panel by a link that works once and is kept nowhere', async () => {
    const response = await login('owner');
    expect(response.status).toBe(303);
    const link = placeOf(response);
    expect(link.startsWith(`${world.panel.url}/login/`)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(await (await fetch(link)).text()).toContain(`Signed in as ${ids.remote}`);
    expect((await fetch(link)).status).toBe(410);
    const entries = await audited();
    expect(entries).toMatchObject([{ action: 'sso.open', actorId: users.owner.id, targetId: ids.service }]);
    expect(JSON.stringify(entries)).not.toContain(link.split('/').at(-1));
  });

  it("is not there for another customer's service, as for one that does not exist", async () => {
    for (const id of [ids.service, uuidv7()]) {
      const before = asked();
      expect((await login('other', {}, {}, id)).status).toBe(404);
      expect(asked()).toBe(before);
    }
    expect(await audited()).toEqual([]);
    expect((await login('owner', {}, {}, '../../etc')).status).toBe(404);
  });

  it('sends who is signed out to sign-in', async () => {
    const response = await login(null);
    expect([response.status, placeOf(response)]).toEqual([303, '/sign-in']);
  });

  it.each([
    ['from another site', { origin: 'https://evil.example' }],
    ['without an origin', { origin: '' }],
    ['from a page that hides where it is', { origin: 'null' }],
    ['that a browser marks as coming from elsewhere', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a form %s', async (_what, headers) => {
    const before = asked();
    expect(placeOf(await login('owner', {}, headers))).toBe(`/my/services/${ids.service}?login=other-site`);
    expect(asked()).toBe(before);
  });

  it('opens for staff with a reason, which is kept', async () => {
    expect(placeOf(await login('support'))).toBe(`/services/${ids.service}?login=reason`);
    expect(placeOf(await login('support', { reason: 'Ticket 4711' }))).toContain(world.panel.url);
    expect(await audited()).toMatchObject([
      { action: 'sso.open', actorId: users.support.id, reason: 'Ticket 4711', targetId: ids.service },
    ]);
  });

  it.each(['PENDING', 'SUSPENDED', 'TERMINATED', 'FAILED', 'CANCELLED'] as const)(
    'says no while the service is %s',
    async (status) => {
      await db.service.update({ where: { id: ids.service }, data: { status } });
      expect(placeOf(await login('owner'))).toBe(`/my/services/${ids.service}?login=not-active`);
    },
  );

  it('keeps customers off a server in maintenance, staff not', async () => {
    await db.server.update({ where: { id: ids.server }, data: { status: 'MAINTENANCE' } });
    expect(placeOf(await login('owner'))).toBe(`/my/services/${ids.service}?login=maintenance`);
    expect(placeOf(await login('admin', { reason: 'Looking' }))).toContain(world.panel.url);
  });

  it('gives five a minute to a user, also when they come at once', async () => {
    const places = (await Promise.all(Array.from({ length: 9 }, () => login('owner')))).map(placeOf);
    expect(places.filter((place) => place.startsWith(world.panel.url))).toHaveLength(5);
    expect(places.filter((place) => place.endsWith('?login=too-many'))).toHaveLength(4);
  });

  it('tells that the panel gave no link, instead of leading to its front page', async () => {
    world.panel.fault({ op: 'sso', fault: 'http500' });
    expect(placeOf(await login('owner'))).toBe(`/my/services/${ids.service}?login=no-answer`);
    expect(await audited()).toMatchObject([{ action: 'sso.refuse', after: { why: 'no-answer' } }]);
  });

  it('knows no action that the module does not have', async () => {
    expect(placeOf(await login('owner', { action: 'restart' }))).toBe(`/my/services/${ids.service}?login=not-offered`);
  });

  it('takes a form only, and a small one', async () => {
    expect((await login('owner', {}, { 'content-type': 'application/json' })).status).toBe(400);
    expect((await login('owner', { reason: 'x'.repeat(9_000) })).status).toBe(400);
  });
});

describe('a link that a panel answers', () => {
  const through = async (link: string, more: { ssoHosts?: string[]; hostname?: string } = {}) => {
    world.link = link;
    await forgetTries('panel-login', users.owner.id);
    const config = { ...world.panel.credentials, apiUrl: world.hijacked.url };
    const { id } = await makeServer({ moduleId: ids.module, config, ...more });
    ids.tried = id;
    return placeOf(await login('owner', {}, {}, await serviceOn(id)));
  };

  it.each([
    'https://evil.example/login/1',
    'https://127.0.0.1.evil.example/login/1',
    'https://127.0.0.1@evil.example/login/1',
    'https://me:pass@127.0.0.1/login/1',
    'https://panel.example.com.evil.example/',
  ])('is refused when it leads elsewhere: %s', async (link) => {
    expect(await through(link)).toMatch(/\?login=foreign-host$/);
    const [entry] = await audited();
    expect(entry).toMatchObject({ action: 'sso.refuse', after: { why: 'foreign-host' } });
    expect(JSON.stringify(entry)).not.toContain('/login');
    const told = (await recentForeignLinks()).find(({ serverId }) => serverId === ids.tried);
    expect(told).toMatchObject({ host: expect.stringContaining(new URL(link).host) });
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,hello',
    'no address at all',
    'ftp://127.0.0.1/login',
    '//evil.example/login',
  ])('is no link: %s', async (link) => {
    expect(await through(link)).toMatch(/\?login=(foreign-host|no-answer)$/);
  });

  it.each([
    ['the host that is called, on any port', 'https://127.0.0.1:2083/login/1', {}],
    ['the public name', 'https://web1.example.com/login/1', { hostname: 'Web1.Example.com' }],
    ['a host that was allowed', 'https://login.example.net/login/1', { ssoHosts: ['login.example.net'] }],
  ])('may lead to %s', async (_what, link, more) => {
    expect(await through(link, more)).toBe(link);
  });
});

describe('the panel of a server', () => {
  it('opens for administrators with a reason', async () => {
    expect(placeOf(await openServer('admin'))).toBe(`/servers/${ids.server}?login=reason`);
    const link = placeOf(await openServer('admin', { reason: 'Disk is full' }));
    expect(await (await fetch(link)).text()).toContain('Signed in as admin');
    expect(await audited()).toMatchObject([
      { action: 'sso.open', targetType: 'server', targetId: ids.server, reason: 'Disk is full' },
    ]);
  });

  it.each(['owner', 'support'] as const)('is not there for %s', async (who) => {
    expect((await openServer(who, { reason: 'Curious' })).status).toBe(404);
    expect(await audited()).toEqual([]);
  });
});
