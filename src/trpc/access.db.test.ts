import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeOperation } from '../../prisma/factories/operation';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerGroup } from '../../prisma/factories/server-group';
import { makeServerModule } from '../../prisma/factories/server-module';
import { makeService } from '../../prisma/factories/service';
import { makeUser } from '../../prisma/factories/user';
import { handleTrpc } from './handler';
import type { Access, ProcedureMeta } from './init';
import { appRouter } from './root';
import { callOverHttp, cookieOf } from './testing/call';

/** Who may call what. A procedure that is missing here, or changed there, makes this file fail. */
const TABLE: Record<string, Access> = {
  'audit.export': 'admin',
  'audit.list': 'staff',
  'customers.create': 'admin',
  'customers.export': 'staff',
  'customers.get': 'staff',
  'customers.list': 'staff',
  'customers.remove': 'admin',
  'customers.update': 'admin',
  'dashboard.get': 'staff',
  'emails.get': 'staff',
  'emails.list': 'staff',
  'emails.previewTemplate': 'staff',
  'emails.sendNow': 'staff',
  'emails.templates': 'staff',
  'groups.create': 'admin',
  'groups.get': 'staff',
  'groups.list': 'staff',
  'groups.orderServers': 'admin',
  'groups.remove': 'admin',
  'groups.update': 'admin',
  'health.checks': 'staff',
  'modules.get': 'staff',
  'modules.list': 'staff',
  'modules.update': 'admin',
  'my.revealPassword': 'signed-in',
  'my.service': 'customer',
  'operations.attention': 'staff',
  'operations.cancel': 'staff',
  'operations.get': 'staff',
  'operations.list': 'staff',
  'operations.resolve': 'admin',
  'operations.retry': 'staff',
  'operations.retryAll': 'staff',
  'placement.preview': 'staff',
  'products.create': 'admin',
  'products.get': 'staff',
  'products.list': 'staff',
  'products.packages': 'admin',
  'products.remove': 'admin',
  'products.update': 'admin',
  'search.find': 'staff',
  'servers.create': 'admin',
  'servers.disable': 'admin',
  'servers.enable': 'admin',
  'servers.get': 'staff',
  'servers.hold': 'staff',
  'servers.list': 'staff',
  'servers.release': 'staff',
  'servers.remove': 'admin',
  'servers.setMaintenance': 'staff',
  'servers.test': 'staff',
  'servers.testConnection': 'admin',
  'servers.update': 'admin',
  'services.action': 'signed-in',
  'services.changePackage': 'staff',
  'services.changePassword': 'signed-in',
  'services.create': 'staff',
  'services.export': 'staff',
  'services.get': 'signed-in',
  'services.list': 'signed-in',
  'services.offers': 'signed-in',
  'services.suspend': 'staff',
  'services.terminate': 'admin',
  'services.undoTerminate': 'admin',
  'services.unsuspend': 'staff',
  'settings.get': 'admin',
  'settings.sendTestMail': 'admin',
  'settings.update': 'admin',
  'sso.createCode': 'admin',
  'usage.history': 'signed-in',
  'usage.ofGroup': 'staff',
  'usage.ofServer': 'staff',
  'usage.ofService': 'signed-in',
  'usage.refresh': 'signed-in',
  'usage.refreshServer': 'admin',
  'users.changePassword': 'signed-in',
  'users.createFirstAdmin': 'anyone',
  'users.disable': 'admin',
  'users.enable': 'admin',
  'users.firstRun': 'anyone',
  'users.invite': 'admin',
  'users.list': 'admin',
  'users.me': 'signed-in',
  'users.renewPasswordLink': 'admin',
  'users.revokeSession': 'signed-in',
  'users.sessions': 'signed-in',
  'users.setPassword': 'anyone',
  'users.update': 'admin',
};

const ACTORS = ['nobody', 'CUSTOMER', 'SUPPORT', 'ADMIN'] as const;
type Who = (typeof ACTORS)[number];
const ADMITTED: Record<Access, readonly Who[]> = {
  anyone: ACTORS,
  'signed-in': ['CUSTOMER', 'SUPPORT', 'ADMIN'],
  customer: ['CUSTOMER'],
  staff: ['SUPPORT', 'ADMIN'],
  admin: ['ADMIN'],
};

interface Declared {
  _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta };
}
// Flat at run time, `noun.verb` -> procedure, which its type does not say.
const declared = appRouter._def.procedures as unknown as Record<string, Declared>;
const procedures = Object.entries(declared).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  access: _def.meta?.access,
}));
const cookies: Record<Who, string> = { nobody: '', CUSTOMER: '', SUPPORT: '', ADMIN: '' };
/** One row of each kind, with a secret word in every sealed column. */
const ids: Record<string, string> = {};
const foreign = { service: '' };
const SECRETS = ['planted-server-secret', 'planted-account-password', 'planted-result'];

beforeAll(async () => {
  const module = await makeServerModule({ slug: 'pickaxe' });
  const group = await makeServerGroup();
  const config = { apiUrl: 'https://a.example', apiKey: SECRETS[0], nodeId: 'n' };
  const server = await makeServer({
    moduleId: module.id,
    groupId: group.id,
    config,
    open: { apiUrl: 'https://a.example', apiKey: 'planted-server-secret' },
  });
  const product = await makeProduct({ moduleId: module.id });
  const user = await makeUser({ role: 'CUSTOMER' });
  const customer = await makeCustomer({ userId: user.id });
  const service = await makeService({
    customerId: customer.id,
    productId: product.id,
    serverId: server.id,
    password: SECRETS[1],
  });
  const operation = await makeOperation({ serviceId: service.id, state: 'FAILED', result: SECRETS[2] });
  foreign.service = (await makeService({ productId: product.id })).id;
  Object.assign(ids, {
    groups: group.id,
    modules: module.id,
    servers: server.id,
    products: product.id,
    customers: customer.id,
  });
  const email = await db.emailMessage.create({
    data: {
      template: 'welcome',
      to: 'a@example.com',
      subject: 's',
      messageId: '<1@example.com>',
      serviceId: service.id,
    },
  });
  Object.assign(ids, { services: service.id, operations: operation.id, emails: email.id });
  cookies.CUSTOMER = await cookieOf(user.id);
  cookies.SUPPORT = await cookieOf((await makeUser({ role: 'SUPPORT' })).id);
  cookies.ADMIN = await cookieOf((await makeUser({ role: 'ADMIN' })).id);
});

const call = (who: Who, procedure: Pick<(typeof procedures)[number], 'path' | 'type'>, input: unknown) =>
  callOverHttp(cookies[who], procedure, input);

/** Refused for what it is, never for what it holds: an input that no procedure accepts. */
const NO_INPUT = { 'no procedure has this field': 1 };
/** `*.get` of a row that the CUSTOMER of this test owns. */
const inputFor = (path: string) => {
  if (path === 'products.packages') return { moduleSlug: 'pickaxe' };
  if (path === 'placement.preview') return { productId: ids.products };
  if (path === 'my.service') return { id: ids.services };
  if (path === 'search.find') return { text: 'example' };
  const of = { 'health.checks': ids.servers, 'usage.ofServer': ids.servers, 'usage.ofGroup': ids.groups }[path];
  if (of) return { id: of };
  if (path === 'usage.ofService') return { id: ids.services };
  if (path === 'usage.history') return { id: ids.services, days: 30 };
  const [noun = '', verb] = path.split('.');
  return (verb === 'get' || verb === 'offers') && ids[noun] ? { id: ids[noun] } : {};
};

describe('every procedure', () => {
  it('stands in the table with what it says of itself', () => {
    expect(Object.fromEntries(procedures.map(({ path, access }) => [path, access]))).toEqual(TABLE);
  });

  it.each(procedures.flatMap((procedure) => ACTORS.map((who) => ({ ...procedure, who }))))(
    '$path answers $who as the table says',
    async ({ who, ...procedure }) => {
      const { status } = await call(who, procedure, NO_INPUT);
      const admitted = ADMITTED[TABLE[procedure.path] ?? 'admin'].includes(who);
      if (admitted) expect([200, 400]).toContain(status);
      else expect(status).toBe(who === 'nobody' ? 401 : 403);
    },
  );

  it('is refused inside a batch too, and the allowed one beside it is answered', async () => {
    const url = 'http://panel.example/api/trpc/users.firstRun,servers.list?batch=1&input=%7B%7D';
    const response = await handleTrpc(new Request(url, { headers: { cookie: cookies.CUSTOMER } }));
    const [open, closed] = await response.json();
    expect(open.result.data).toHaveProperty('open');
    expect(closed.error.data.httpStatus).toBe(403);
  });
});

describe('an id that is not theirs', () => {
  it.each(['services.get', 'my.service', 'usage.ofService'])(
    '%s is 404 for another customer, as for a row that does not exist',
    async (path) => {
      for (const id of [foreign.service, uuidv7()]) {
        expect((await call('CUSTOMER', { path, type: 'query' }, { id })).status).toBe(404);
      }
      expect((await call('CUSTOMER', { path, type: 'query' }, { id: ids.services })).status).toBe(200);
    },
  );

  it.each([
    ['services.changePassword', {}],
    ['usage.refresh', {}],
    ['services.action', { actionId: 'restart' }],
    ['my.revealPassword', { ownPassword: 'a password of twelve or more' }],
  ] as const)('%s refuses another customer as if it did not exist', async (path, input) => {
    for (const id of [foreign.service, uuidv7()]) {
      expect((await call('CUSTOMER', { path, type: 'mutation' }, { id, ...input })).status).toBe(404);
    }
    expect(await db.operation.count({ where: { serviceId: foreign.service } })).toBe(0);
  });

  it('of another kind is 404, and no id at all is 400 naming the field', async () => {
    for (const { path, type } of procedures.filter(
      (procedure) => procedure.path.endsWith('.get') && !['dashboard.get', 'settings.get'].includes(procedure.path),
    )) {
      const other = path.startsWith('services') ? ids.servers : ids.services;
      expect([path, (await call('ADMIN', { path, type }, { id: other })).status]).toEqual([path, 404]);
      const { status, text } = await call('ADMIN', { path, type }, { id: '../../etc' });
      expect(status).toBe(400);
      expect(JSON.parse(text).error.data.issues).toMatchObject([{ path: ['id'] }]);
    }
  });
});

describe('what staff and customers read', () => {
  const SECRET_FIELD = /passw|secret|token|api[_-]?key|credential|hash|sealed|access[_-]?key|private/i;
  const HARMLESS = new Set(['passwordRules', 'passwordKnown', 'changePassword', 'sendPassword']);

  /** They describe fields; what was filled in stands elsewhere. */
  const SCHEMAS = new Set(['forms']);

  function fieldsOf(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    if (Array.isArray(value)) return value.flatMap(fieldsOf);
    return Object.entries(value).flatMap(([name, field]) => [name, ...(SCHEMAS.has(name) ? [] : fieldsOf(field))]);
  }

  const queries = procedures.filter(({ type }) => type === 'query');
  it.each(queries.flatMap((query) => (['CUSTOMER', 'SUPPORT', 'ADMIN'] as const).map((who) => ({ ...query, who }))))(
    '$path holds no secret for $who',
    async ({ who, ...query }) => {
      const { status, text } = await call(who, query, inputFor(query.path));
      const admitted = ADMITTED[TABLE[query.path] ?? 'admin'].includes(who);
      expect(status).toBe(admitted ? 200 : 403);
      expect(fieldsOf(JSON.parse(text)).filter((name) => SECRET_FIELD.test(name) && !HARMLESS.has(name))).toEqual([]);
      for (const secret of SECRETS) expect(text).not.toContain(secret);
    },
  );
});
